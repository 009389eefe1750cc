// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// rows loads the arguments that largest and fill share: four rows of voxels
// and the number of cells.
func rows() {
	Load(Param("a"), RAX)
	Load(Param("b"), RBX)
	Load(Param("c"), R8)
	Load(Param("d"), RDX)
	Load(Param("n"), RCX)
}

// coefficients leaves those of the eight cells at the rows' pointers in Y0 to
// Y7 (see coefficients in field.go) and moves the pointers on.
func coefficients() {
	for k, row := range []Register{RAX, RBX, R8, RDX} {
		VMOVUPS(at(row, 0), ymm[2*k]) // v at x
		VMOVUPS(at(row, 4), Y8)       // v at x + 1
		VSUBPS(ymm[2*k], Y8, ymm[2*k+1])
		ADDQ(Imm(32), row)
	}
	// Y0 v000, Y1 dx; Y2 v010, Y3 its dx; Y4 v100, Y5 its dx; Y6 v110, Y7 its dx
	VSUBPS(Y4, Y6, Y6) // dy at the far side
	VSUBPS(Y5, Y7, Y7) // dxy at the far side, less that of the near side below
	VSUBPS(Y2, Y6, Y6)
	VADDPS(Y0, Y6, Y6) // c6 = dyz
	VSUBPS(Y3, Y7, Y7)
	VADDPS(Y1, Y7, Y7) // c7
	VSUBPS(Y0, Y2, Y2) // c2 = dy
	VSUBPS(Y1, Y3, Y3) // c3 = dxy
	VSUBPS(Y0, Y4, Y4) // c4 = dz
	VSUBPS(Y1, Y5, Y5) // c5 = dxz
}

// largest writes the search for the largest coefficient.
func largest() {
	TEXT("largestAVX2", NOSPLIT, "func(a, b, c, d *float32, n int) float32")
	Pragma("noescape")
	Doc("largestAVX2 returns the largest magnitude of a coefficient of n cells, n divisible by 8.",
		"It reads n + 1 voxels of each row. Where a voxel is not a number, so is the result, or it is infinite.")
	rows()
	sign := ConstData("magnitude", U32(0x7fffffff))
	VXORPS(Y9, Y9, Y9)
	VXORPS(Y11, Y11, Y11)
	VPBROADCASTD(sign, Y10)
	Label("largest")
	coefficients()
	for k := range 8 {
		VANDPS(Y10, ymm[k], ymm[k])
		VMAXPS(ymm[k], Y9, Y9)
		VSUBPS(ymm[k], ymm[k], Y12) // 0, but NaN for NaN and infinities
		VADDPS(Y12, Y11, Y11)
	}
	SUBQ(Imm(8), RCX)
	JNE(LabelRef("largest"))
	VADDPS(Y11, Y9, Y9)
	// NaN lanes must survive the maximum: add them all up as well.
	VEXTRACTF128(Imm(1), Y9, X0)
	VEXTRACTF128(Imm(1), Y11, X1)
	VMAXPS(X0, X9, X9)
	VADDPS(X1, X11, X11)
	for _, shuffle := range []uint8{0x4e, 0xb1} {
		VPSHUFD(Imm(uint64(shuffle)), X9, X0)
		VPSHUFD(Imm(uint64(shuffle)), X11, X1)
		VMAXPS(X0, X9, X9)
		VADDPS(X1, X11, X11)
	}
	VADDSS(X11, X9, X9)
	Store(X9.(Register), ReturnIndex(0))
	VZEROUPPER()
	RET()
}

// fill writes the making of cells: coefficients, scaled, rounded to nearest
// even, packed to int16 and transposed to eight cells of 16 bytes.
func fill() {
	TEXT("fillAVX2", NOSPLIT, "func(cells *[8]int16, a, b, c, d *float32, n int, k float32)")
	Pragma("noescape")
	Doc("fillAVX2 makes n cells, n divisible by 8, of coefficients times k. It reads n + 1 voxels of each row.")
	Load(Param("cells"), RDI)
	rows()
	k := Load(Param("k"), X15)
	VBROADCASTSS(k.(Register), Y15)
	Label("fill")
	coefficients()
	for i := range 8 {
		VMULPS(Y15, ymm[i], ymm[i])
		VCVTPS2DQ(ymm[i], ymm[i])
	}
	for i := 0; i < 8; i += 2 { // pairs: even coefficient below, odd above
		VPSLLD(Imm(16), ymm[i+1], ymm[i+1])
		VPBLENDW(Imm(0xaa), ymm[i+1], ymm[i], ymm[i/2+8])
	}
	VPUNPCKLDQ(Y9, Y8, Y0)   // cells 0 1 | 4 5: c0 … c3
	VPUNPCKHDQ(Y9, Y8, Y1)   // cells 2 3 | 6 7
	VPUNPCKLDQ(Y11, Y10, Y2) // c4 … c7
	VPUNPCKHDQ(Y11, Y10, Y3)
	VPUNPCKLQDQ(Y2, Y0, Y4) // cells 0 | 4
	VPUNPCKHQDQ(Y2, Y0, Y5) // cells 1 | 5
	VPUNPCKLQDQ(Y3, Y1, Y6) // cells 2 | 6
	VPUNPCKHQDQ(Y3, Y1, Y7) // cells 3 | 7
	for i := range 4 {
		VMOVDQU(xmm[4+i], at(RDI, 16*i))
		VEXTRACTI128(Imm(1), ymm[4+i], at(RDI, 16*(4+i)))
	}
	ADDQ(U32(128), RDI)
	SUBQ(Imm(8), RCX)
	JNE(LabelRef("fill"))
	VZEROUPPER()
	RET()
}
