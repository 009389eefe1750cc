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

// pairs is how many of them go through phase A before they go through phase B.
const pairs = groups / 2

// Numbers at the start of the buffer that phase A spreads over a register:
// strides in bytes.
const wideStride = 0

// evalWide is eval with registers of 64 bytes, of which there are enough to
// keep the matrix and the sums: half the instructions for an atom, and one call
// for many.
func evalWide(name string, prefetch bool) {
	TEXT(name, 0, "func(cells *[8]int16, atoms *float32, pairs int, args *[17]uint32, out *[10]float32)")
	Pragma("noescape")
	Doc(name + " sets out to the sums of evalGo over pairs of groups of eight atoms, at least one.")
	c := wideConstants{
		cell:  ConstData(name+"cell", F32(16)), // bytes
		unit:  ConstData(name+"unit", F32(32767)),
		high:  ConstData(name+"high", U32(32767<<16)),
		magic: ConstData(name+"magic", F32(1<<23)),
	}
	buffer := AllocLocal(64 + pairs*widePair + 64)
	Load(Param("cells"), R13)
	Load(Param("atoms"), RSI)
	Load(Param("pairs"), R12)
	Load(Param("args"), RDI)
	LEAQ(buffer.Offset(63), R14)
	ANDQ(I8(-64), R14)

	for k := range 9 {
		VBROADCASTSS(at(RDI, 4*(argMatrix+k)), zmm[k])
	}
	for k := range 2 {
		VCVTSI2SSL(at(RDI, 4*(argStride+k)), X9, X9)
		VMULSS(c.cell, X9, X9)
		VMOVSS(X9, at(R14, wideStride+4*k))
	}
	ADDQ(I8(64), R14)
	for k := 16; k < 26; k++ {
		VPXORD(zmm[k], zmm[k], zmm[k])
	}
	for k, mask := range []uint32{0x00f0, 0x0f00, 0xf000} { // a cell of sixteen bytes each
		MOVL(U32(mask), EAX)
		KMOVW(EAX, []Register{K1, K2, K3}[k])
	}
	Label(name + "chunk")
	MOVQ(U32(pairs), RDX)
	CMPQ(R12, RDX)
	CMOVQLT(R12, RDX)
	SUBQ(RDX, R12)
	MOVQ(R14, RBX)
	MOVQ(RDX, RCX)
	VPXORD(Z15, Z15, Z15)
	Label(name + "transform")
	transformWide(c)
	if prefetch {
		askWide()
	}
	ADDQ(U32(192), RSI)
	ADDQ(U32(widePair), RBX)
	DECQ(RCX)
	JNE(LabelRef(name + "transform"))

	MOVQ(R14, RBX)
	MOVQ(RDX, RCX)
	Label(name + "interpolate")
	interpolateWide()
	ADDQ(U32(widePair), RBX)
	DECQ(RCX)
	JNE(LabelRef(name + "interpolate"))
	TESTQ(R12, R12)
	JNE(LabelRef(name + "chunk"))

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

type wideConstants struct{ cell, unit, high, magic Mem }

// transformWide is phase A for the pair of groups at RSI, with the matrix in Z0
// to Z8, zero in Z15, the arguments at RDI, the strides below R14, and the
// buffer of the pair at RBX. Offsets are multiples of 16, exact below 2²⁴ cells.
func transformWide(c wideConstants) {
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
		VADDPS_BCST(at(RDI, 4*(argShift+row)), p[row], p[row])
	}
	for row := range 3 {
		VMAXPS(Z15, p[row], p[row])
	}
	for row := range 3 {
		VMINPS_BCST(at(RDI, 4*(argMax+row)), p[row], p[row])
	}
	for row := range 3 {
		VRNDSCALEPS(Imm(9), p[row], j[row]) // towards −∞
	}
	for row := range 3 {
		VSUBPS(j[row], p[row], p[row])
	}
	VMOVAPS(p[1], at(RBX, wideY))
	VMOVAPS(p[2], at(RBX, wideZ))
	VMULPS_BCST(c.cell, j[0], j[0])
	VFMADD231PS_BCST(at(R14, wideStride-64), j[1], j[0])
	VFMADD231PS_BCST(at(R14, wideStride+4-64), j[2], j[0])
	VCVTPS2DQ(j[0], j[0])
	VMOVDQA32(j[0], at(RBX, wideOffset))
	VPBROADCASTD(c.unit, Z9)
	VFMADD213PS_BCST(c.magic, Z9, p[0]) // x·32767 in the last bits of 2²³ + x·32767
	VPBROADCASTD(c.high, Z9)
	VPSHLDD(Imm(16), Z9, p[0], p[0]) // before it 32767
	VMOVDQA32(p[0], at(RBX, wideX))
}

// askWide prefetches the cells of the pair of groups whose buffer is at RBX.
func askWide() {
	gp := []GPPhysical{RAX, R8, R9, R10, R11, R15}
	gp32 := []GPPhysical{EAX, R8L, R9L, R10L, R11L, R15L}
	for k := range 16 {
		MOVL(at(RBX, wideOffset+4*k), gp32[k%len(gp)])
		PREFETCHT0(Mem{Base: R13, Index: gp[k%len(gp)], Scale: 1})
	}
}

// interpolateWide is phase B for the pair of groups whose buffer is at RBX,
// with the cells at R13. It adds to Z16 (value), Z17 to Z19 (gradient) and Z20
// to Z25 (moments). See interpolate.
func interpolateWide() {
	gp := []GPPhysical{RAX, R8, R9, R10, R11, R15}
	gp32 := []GPPhysical{EAX, R8L, R9L, R10L, R11L, R15L}
	a, b, c, d, e, f, g, h := Z9, Z10, Z11, Z12, Z13, Z14, Z15, Z26
	x, y, z := Z27, Z28, Z29
	quarter := []VecPhysical{a, b, c, d}
	for k := range 16 {
		i := k % len(gp)
		MOVL(at(RBX, wideOffset+4*k), gp32[i])
		cell := Mem{Base: R13, Index: gp[i], Scale: 1}
		if k < 4 {
			VMOVDQU(cell, xmm[9+k])
		} else {
			VBROADCASTI32X4(cell, []Register{K1, K2, K3}[k/4-1], quarter[k%4])
		}
	}
	VMOVDQA32(at(RBX, wideX), x)
	VMOVAPS(at(RBX, wideY), y)
	VMOVAPS(at(RBX, wideZ), z)
	VPUNPCKLDQ(b, a, e)
	VPUNPCKHDQ(b, a, a)
	VPUNPCKLDQ(d, c, f)
	VPUNPCKHDQ(d, c, c)
	VPUNPCKLQDQ(f, e, b)  // pairs c0 c1
	VPUNPCKHQDQ(f, e, d)  // pairs c2 c3
	VPUNPCKLQDQ(c, a, e)  // pairs c4 c5
	VPUNPCKHQDQ(c, a, f)  // pairs c6 c7
	VPMADDWD(x, f, a)     // c6 + c7·x
	VPSRAD(Imm(16), f, f) // c7
	VPMADDWD(x, e, c)     // c4 + c5·x
	VPSRAD(Imm(16), e, e) // c5
	for _, v := range []VecPhysical{a, f, c, e} {
		VCVTDQ2PS(v, v)
	}
	VFMADD231PS(y, a, c)  // ∂/∂z
	VFMADD231PS(y, f, e)  // c5 + c7·y
	VPMADDWD(x, d, g)     // c2 + c3·x
	VPSRAD(Imm(16), d, d) // c3
	VPMADDWD(x, b, h)     // c0 + c1·x
	VPSRAD(Imm(16), b, b) // c1
	for _, v := range []VecPhysical{g, d, h, b} {
		VCVTDQ2PS(v, v)
	}
	VFMADD231PS(y, g, Z16) // value: (c2 + c3·x)·y
	VFMADD231PS(z, c, h)   //        c0 + c1·x + ∂/∂z · z
	VFMADD231PS(z, a, g)   // ∂/∂y
	VFMADD231PS(y, d, b)
	VFMADD231PS(z, e, b) // ∂/∂x
	VADDPS(h, Z16, Z16)
	VADDPS(b, Z17, Z17)
	VADDPS(g, Z18, Z18)
	VADDPS(c, Z19, Z19)
	VMOVAPS(at(RBX, wideU), x)
	VMOVAPS(at(RBX, wideV), y)
	VMOVAPS(at(RBX, wideW), z)
	VFMADD231PS(y, c, Z20)
	VFMADD231PS(z, g, Z21)
	VFMADD231PS(z, b, Z22)
	VFMADD231PS(x, c, Z23)
	VFMADD231PS(x, g, Z24)
	VFMADD231PS(y, b, Z25)
}
