// SPDX-License-Identifier: BSD-3-Clause

// Command gen writes the AVX2 and AVX-512 text of the inner loops. It is a module of its
// own, so that the program does not depend on the assembler's generator.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

var (
	ymm = []VecPhysical{Y0, Y1, Y2, Y3, Y4, Y5, Y6, Y7, Y8, Y9, Y10, Y11, Y12, Y13, Y14, Y15}
	xmm = []VecPhysical{X0, X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, X12, X13, X14, X15}
	zmm = []VecPhysical{
		Z0, Z1, Z2, Z3, Z4, Z5, Z6, Z7, Z8, Z9, Z10, Z11, Z12, Z13, Z14, Z15,
		Z16, Z17, Z18, Z19, Z20, Z21, Z22, Z23, Z24, Z25, Z26, Z27, Z28, Z29, Z30, Z31,
	}
)

func at(base Register, offset int) Mem { return Mem{Base: base, Disp: offset} }

func main() {
	ConstraintExpr("amd64,!noasm")
	eval("evalAVX2", false)
	eval("evalFarAVX2", true)
	evalWide("evalAVX512", false)
	evalWide("evalFarAVX512", true)
	combine()
	largest()
	fill()
	Generate()
}
