// SPDX-License-Identifier: BSD-3-Clause

// Command gen writes the AVX2 text of the inner loops. It is a module of its
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
)

func at(base Register, offset int) Mem { return Mem{Base: base, Disp: offset} }

func main() {
	ConstraintExpr("amd64,!noasm")
	eval("evalAVX2", false)
	eval("evalFarAVX2", true)
	combine()
	largest()
	fill()
	Generate()
}
