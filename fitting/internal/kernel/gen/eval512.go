// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Offsets in the buffer for a pair of groups, sixteen atoms.
const (
	wideOffset = 0
	wideX      = 64
	wideY      = 128
	wideZ      = 192
	wideU      = 256
	wideV      = 320
	wideW      = 384
	widePair   = 448
)

const pairs = groups / 2

// evalWide is eval with registers of 64 bytes, of which there are enough to
// keep everything that does not change: half the instructions for an atom.
func evalWide(name string, prefetch bool) {
	TEXT(name, 0, "func(cells *[8]int16, atoms *float32, pairs int, args *[17]uint32, out *[10]float32)")
	Pragma("noescape")
	Doc(name + " sets out to the sums of evalGo over pairs of groups of eight atoms, 1 to 8 of them.")
	buffer := AllocLocal(pairs*widePair + 64)
	Load(Param("cells"), R13)
	Load(Param("atoms"), RSI)
	Load(Param("pairs"), R12)
	Load(Param("args"), RDI)
	LEAQ(buffer.Offset(63), R14)
	ANDQ(I8(-64), R14)

	for k := range 9 {
		VBROADCASTSS(at(RDI, 4*(argMatrix+k)), zmm[k])
	}
	for k := range 6 { // shift, then max
		VBROADCASTSS(at(RDI, 4*(argShift+k)), zmm[16+k])
	}
	MOVL(U32(16), EAX) // bytes of a cell
	VPBROADCASTD(EAX, Z27)
	VCVTDQ2PS(Z27, Z27)
	for k := range 2 {
		VPBROADCASTD(at(RDI, 4*(argStride+k)), zmm[22+k])
		VCVTDQ2PS(zmm[22+k], zmm[22+k])
		VMULPS(Z27, zmm[22+k], zmm[22+k])
	}
	MOVL(U32(32767), EAX)
	VPBROADCASTD(EAX, Z24)
	VPSLLD(Imm(16), Z24, Z25)
	VCVTDQ2PS(Z24, Z24)
	MOVL(U32(1<<23), EAX)
	VPBROADCASTD(EAX, Z28)
	VCVTDQ2PS(Z28, Z28)
	VPXORD(Z26, Z26, Z26)
	for k, mask := range []uint32{0x00f0, 0x0f00, 0xf000} { // a cell of sixteen bytes each
		MOVL(U32(mask), EAX)
		KMOVW(EAX, []Register{K1, K2, K3}[k])
	}
	MOVQ(R14, RBX)
	MOVQ(R12, RCX)
	Label(name + "transform")
	transformWide()
	if prefetch {
		askWide()
	}
	ADDQ(U32(192), RSI)
	ADDQ(U32(widePair), RBX)
	DECQ(RCX)
	JNE(LabelRef(name + "transform"))

	for k := 16; k < 26; k++ {
		VPXORD(zmm[k], zmm[k], zmm[k])
	}
	MOVQ(R14, RSI)
	Label(name + "interpolate")
	interpolateWide()
	ADDQ(U32(widePair), RSI)
	DECQ(R12)
	JNE(LabelRef(name + "interpolate"))

	for k := range 10 { // to Y6 to Y15, as eval leaves them
		VEXTRACTF64X4(Imm(1), zmm[16+k], Y0)
		VEXTRACTF64X4(Imm(0), zmm[16+k], Y1)
		VADDPS(Y1, Y0, ymm[6+k])
	}
	Load(Param("out"), R15)
	addUp()
	VZEROUPPER()
	RET()
}

// transformWide is phase A for the pair of groups at RSI, with the matrix in Z0
// to Z8, the shift in Z16 to Z18, the largest indices in Z19 to Z21, the
// strides in bytes in Z22, Z23 and Z27, 32767 in Z24 and in the upper halves of
// Z25, 2²³ in Z28, and the buffer of the pair at RBX. Offsets are multiples of
// 16, exact below 2²⁴ cells.
func transformWide() {
	p, j := []VecPhysical{Z12, Z13, Z14}, []VecPhysical{Z9, Z10, Z11}
	for col := range 3 {
		VMOVUPS(at(RSI, 32*col), ymm[9+col])
		VINSERTF32X8(Imm(1), at(RSI, 96+32*col), j[col], j[col])
	}
	for row := range 3 {
		VMULPS(zmm[3*row], j[0], p[row])
	}
	for col := 1; col < 3; col++ {
		for row := range 3 {
			VFMADD231PS(zmm[3*row+col], j[col], p[row])
		}
	}
	for row, o := range []int{wideU, wideV, wideW} {
		VMOVAPS(p[row], at(RBX, o))
	}
	for row := range 3 {
		VADDPS(zmm[16+row], p[row], p[row])
	}
	for row := range 3 {
		VMAXPS(Z26, p[row], p[row])
	}
	for row := range 3 {
		VMINPS(zmm[19+row], p[row], p[row])
	}
	for row := range 3 {
		VRNDSCALEPS(Imm(9), p[row], j[row]) // towards −∞
	}
	for row := range 3 {
		VSUBPS(j[row], p[row], p[row])
	}
	VMOVAPS(p[1], at(RBX, wideY))
	VMOVAPS(p[2], at(RBX, wideZ))
	VMULPS(Z27, j[0], j[0])
	VFMADD231PS(Z22, j[1], j[0])
	VFMADD231PS(Z23, j[2], j[0])
	VCVTPS2DQ(j[0], j[0])
	VMOVDQA32(j[0], at(RBX, wideOffset))
	VFMADD213PS(Z28, Z24, p[0])       // x·32767 in the last bits of 2²³ + x·32767
	VPSHLDD(Imm(16), Z25, p[0], p[0]) // before it 32767
	VMOVDQA32(p[0], at(RBX, wideX))
}

// askWide prefetches the cells of the pair of groups whose buffer is at RBX.
func askWide() {
	gp := []GPPhysical{RAX, RDX, R8, R9, R10, R11}
	gp32 := []GPPhysical{EAX, EDX, R8L, R9L, R10L, R11L}
	for k := range 16 {
		MOVL(at(RBX, wideOffset+4*k), gp32[k%len(gp)])
		PREFETCHT0(Mem{Base: R13, Index: gp[k%len(gp)], Scale: 1})
	}
}

// interpolateWide is phase B for the pair of groups whose buffer is at RSI,
// with the cells at R13. It adds to Z16 (value), Z17 to Z19 (gradient) and Z20
// to Z25 (moments). See interpolate.
func interpolateWide() {
	gp := []GPPhysical{RAX, RBX, RCX, RDX, R8, R9, R10, R11}
	gp32 := []GPPhysical{EAX, EBX, ECX, EDX, R8L, R9L, R10L, R11L}
	cell := func(k int) Mem { return Mem{Base: R13, Index: gp[k%8], Scale: 1} }
	for half := range 2 {
		for k := 8 * half; k < 8*half+8; k++ {
			MOVL(at(RSI, wideOffset+4*k), gp32[k%8])
		}
		for k := 8 * half; k < 8*half+8; k++ {
			if k < 4 {
				VMOVDQU(cell(k), xmm[k])
			} else {
				VBROADCASTI32X4(cell(k), []Register{K1, K2, K3}[k/4-1], zmm[k%4])
			}
		}
	}
	VMOVDQA32(at(RSI, wideX), Z26)
	VMOVAPS(at(RSI, wideY), Z27)
	VMOVAPS(at(RSI, wideZ), Z28)
	VPUNPCKLDQ(Z1, Z0, Z4)
	VPUNPCKHDQ(Z1, Z0, Z0)
	VPUNPCKLDQ(Z3, Z2, Z5)
	VPUNPCKHDQ(Z3, Z2, Z2)
	VPUNPCKLQDQ(Z5, Z4, Z1) // pairs c0 c1
	VPUNPCKHQDQ(Z5, Z4, Z3) // pairs c2 c3
	VPUNPCKLQDQ(Z2, Z0, Z4) // pairs c4 c5
	VPUNPCKHQDQ(Z2, Z0, Z5) // pairs c6 c7
	VPMADDWD(Z26, Z5, Z0)   // c6 + c7·x
	VPSRAD(Imm(16), Z5, Z5) // c7
	VPMADDWD(Z26, Z4, Z2)   // c4 + c5·x
	VPSRAD(Imm(16), Z4, Z4) // c5
	for _, z := range []VecPhysical{Z0, Z5, Z2, Z4} {
		VCVTDQ2PS(z, z)
	}
	VFMADD231PS(Z27, Z0, Z2) // ∂/∂z
	VFMADD231PS(Z27, Z5, Z4) // c5 + c7·y
	VPMADDWD(Z26, Z3, Z6)    // c2 + c3·x
	VPSRAD(Imm(16), Z3, Z3)  // c3
	VPMADDWD(Z26, Z1, Z7)    // c0 + c1·x
	VPSRAD(Imm(16), Z1, Z1)  // c1
	for _, z := range []VecPhysical{Z6, Z3, Z7, Z1} {
		VCVTDQ2PS(z, z)
	}
	VFMADD231PS(Z27, Z6, Z16) // value: (c2 + c3·x)·y
	VFMADD231PS(Z28, Z2, Z7)  //        c0 + c1·x + ∂/∂z · z
	VFMADD231PS(Z28, Z0, Z6)  // ∂/∂y
	VFMADD231PS(Z27, Z3, Z1)
	VFMADD231PS(Z28, Z4, Z1) // ∂/∂x
	VADDPS(Z7, Z16, Z16)
	VADDPS(Z1, Z17, Z17)
	VADDPS(Z6, Z18, Z18)
	VADDPS(Z2, Z19, Z19)
	VMOVAPS(at(RSI, wideU), Z29)
	VMOVAPS(at(RSI, wideV), Z30)
	VMOVAPS(at(RSI, wideW), Z31)
	VFMADD231PS(Z30, Z2, Z20)
	VFMADD231PS(Z31, Z6, Z21)
	VFMADD231PS(Z31, Z1, Z22)
	VFMADD231PS(Z29, Z2, Z23)
	VFMADD231PS(Z29, Z6, Z24)
	VFMADD231PS(Z30, Z1, Z25)
}
