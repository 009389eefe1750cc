// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// Offsets in the arguments, in numbers of 4 bytes.
const (
	argMatrix = 0  // 9: row-major matrix
	argShift  = 9  // 3
	argMax    = 12 // 3: the largest index along each axis
	argStride = 15 // 2 of int32: cells to the next y, to the next z
)

// Offsets of rows of eight equal numbers at the start of the buffer: what
// phase A has no registers for.
const (
	rowShift  = 0 // 3 rows
	rowMax    = 3 * 32
	rowStride = 6 * 32 // 2 rows
	bufFirst  = 8 * 32 // the groups
)

// Offsets in the buffer for a group of eight atoms.
const (
	bufOffset = 0   // int32: offset of the cell in bytes
	bufX      = 32  // pairs of int16: 32767, x·32767
	bufY      = 64  // fractions
	bufZ      = 96  //
	bufU      = 128 // turned atoms
	bufV      = 160
	bufW      = 192
	bufGroup  = 224
)

const groups = 16

// eval writes the inner loop. It has two phases over a block of up to 16
// groups of 8 atoms. Phase A transforms the atoms and leaves cell offsets and
// fractions in a buffer that stays in the first-level cache. Phase B loads a
// cell of 16 bytes for each atom, transposes eight of them, and evaluates the
// trilinear polynomial: the products with x by VPMADDWD on pairs of int16
// coefficients, those with y and z by FMA. Nothing waits for an address that
// has just been computed.
//
// With prefetch, phase A also asks for the cells, which pays where they do not
// lie in the second-level cache.
func eval(name string, prefetch bool) {
	TEXT(name, 0, "func(cells *[8]int16, atoms *float32, groups int, args *[17]uint32, out *[10]float32)")
	Pragma("noescape")
	Doc(name + " sets out to the sums of evalGo over groups of eight atoms, 1 to 16 of them.")
	buffer := AllocLocal(bufFirst + groups*bufGroup + 32)
	one := ConstData(name+"one", U32(32767))
	unit := ConstData(name+"unit", F32(32767))

	Load(Param("cells"), R13)
	Load(Param("atoms"), RSI)
	Load(Param("groups"), R12)
	Load(Param("args"), RDI)
	LEAQ(buffer.Offset(31), R14)
	ANDQ(I8(-32), R14)

	for k := range 8 { // shift, max and stride follow each other
		VBROADCASTSS(at(RDI, 4*(argShift+k)), ymm[k])
		VMOVAPS(ymm[k], at(R14, rowShift+32*k))
	}
	for k := range 9 {
		VBROADCASTSS(at(RDI, 4*(argMatrix+k)), ymm[k])
	}
	ADDQ(U32(bufFirst), R14)
	MOVQ(R14, RBX)
	MOVQ(R12, RCX)
	Label(name + "transform")
	transform(one, unit)
	if prefetch {
		ask()
	}
	ADDQ(U32(96), RSI)
	ADDQ(U32(bufGroup), RBX)
	DECQ(RCX)
	JNE(LabelRef(name + "transform"))

	for k := 6; k < 16; k++ {
		VXORPS(ymm[k], ymm[k], ymm[k])
	}
	MOVQ(R14, RSI)
	Label(name + "interpolate")
	interpolate()
	ADDQ(U32(bufGroup), RSI)
	DECQ(R12)
	JNE(LabelRef(name + "interpolate"))

	Load(Param("out"), R15)
	addUp()
	VZEROUPPER()
	RET()
}

// transform is phase A for the group at RSI, with the matrix in Y0 to Y8, the
// rows below R14 and the buffer of the group at RBX.
func transform(one, unit Mem) {
	p, j := []VecPhysical{Y12, Y13, Y14}, []VecPhysical{Y9, Y10, Y11}
	for col := range 3 {
		VMOVUPS(at(RSI, 32*col), j[col])
	}
	for row := range 3 {
		VMULPS(ymm[3*row], j[0], p[row])
	}
	for col := 1; col < 3; col++ {
		for row := range 3 {
			VFMADD231PS(ymm[3*row+col], j[col], p[row])
		}
	}
	for row, o := range []int{bufU, bufV, bufW} {
		VMOVAPS(p[row], at(RBX, o))
	}
	VXORPS(Y15, Y15, Y15)
	for row := range 3 {
		VADDPS(at(R14, rowShift-bufFirst+32*row), p[row], p[row])
	}
	for row := range 3 {
		VMAXPS(Y15, p[row], p[row])
	}
	for row := range 3 {
		VMINPS(at(R14, rowMax-bufFirst+32*row), p[row], p[row])
	}
	for row := range 3 {
		VROUNDPS(Imm(9), p[row], j[row]) // towards −∞
	}
	for row := range 3 {
		VSUBPS(j[row], p[row], p[row])
	}
	VMOVAPS(p[1], at(RBX, bufY))
	VMOVAPS(p[2], at(RBX, bufZ))
	for row := range 3 {
		VCVTPS2DQ(j[row], j[row])
	}
	VPMULLD(at(R14, rowStride-bufFirst), j[1], j[1])
	VPMULLD(at(R14, rowStride+32-bufFirst), j[2], j[2])
	VBROADCASTSS(unit, Y15)
	VMULPS(Y15, p[0], p[0])
	VCVTPS2DQ(p[0], p[0])
	VPSLLD(Imm(16), p[0], p[0])
	VPBROADCASTD(one, Y15)
	VPOR(Y15, p[0], p[0])
	VMOVDQA(p[0], at(RBX, bufX))
	VPADDD(j[1], j[0], j[0])
	VPADDD(j[2], j[0], j[0])
	VPSLLD(Imm(4), j[0], j[0]) // 16 bytes a cell
	VMOVDQA(j[0], at(RBX, bufOffset))
}

// ask prefetches the cells of the group whose buffer is at RBX.
func ask() {
	for k, gp := range []GPPhysical{RAX, RDX, R8, R9, R10, R11, RAX, RDX} {
		gp32 := []GPPhysical{EAX, EDX, R8L, R9L, R10L, R11L, EAX, EDX}[k]
		MOVL(at(RBX, bufOffset+4*k), gp32)
		PREFETCHT0(Mem{Base: R13, Index: gp, Scale: 1})
	}
}

// interpolate is phase B for the group whose buffer is at RSI, with the cells
// at R13. It adds to Y6 (value), Y7 to Y9 (gradient) and Y10 to Y15 (moments).
func interpolate() {
	gp := []GPPhysical{RAX, RBX, RCX, RDX, R8, R9, R10, R11}
	gp32 := []GPPhysical{EAX, EBX, ECX, EDX, R8L, R9L, R10L, R11L}
	for k := range 8 {
		MOVL(at(RSI, bufOffset+4*k), gp32[k])
	}
	for k := range 4 {
		VMOVDQU(Mem{Base: R13, Index: gp[k], Scale: 1}, xmm[k])
	}
	for k := range 4 {
		VINSERTI128(Imm(1), Mem{Base: R13, Index: gp[k+4], Scale: 1}, ymm[k], ymm[k])
	}
	VPUNPCKLDQ(Y1, Y0, Y4)
	VPUNPCKHDQ(Y1, Y0, Y0)
	VPUNPCKLDQ(Y3, Y2, Y5)
	VPUNPCKHDQ(Y3, Y2, Y2)
	VPUNPCKLQDQ(Y5, Y4, Y1) // pairs c0 c1
	VPUNPCKHQDQ(Y5, Y4, Y3) // pairs c2 c3
	VPUNPCKLQDQ(Y2, Y0, Y4) // pairs c4 c5
	VPUNPCKHQDQ(Y2, Y0, Y5) // pairs c6 c7
	// With everything times 32767 that was multiplied with x, and everything
	// times 1 that was not; the caller divides.
	VPMADDWD(at(RSI, bufX), Y5, Y0) // c6 + c7·x
	VPSRAD(Imm(16), Y5, Y5)         // c7
	VPMADDWD(at(RSI, bufX), Y4, Y2) // c4 + c5·x
	VPSRAD(Imm(16), Y4, Y4)         // c5
	for _, y := range []VecPhysical{Y0, Y5, Y2, Y4} {
		VCVTDQ2PS(y, y)
	}
	VFMADD231PS(at(RSI, bufY), Y0, Y2) // ∂/∂z
	VFMADD231PS(at(RSI, bufY), Y5, Y4) // c5 + c7·y
	VPMADDWD(at(RSI, bufX), Y3, Y5)    // c2 + c3·x
	VPSRAD(Imm(16), Y3, Y3)            // c3
	VCVTDQ2PS(Y5, Y5)
	VCVTDQ2PS(Y3, Y3)
	VFMADD231PS(at(RSI, bufY), Y5, Y6) // value: (c2 + c3·x)·y
	VFMADD231PS(at(RSI, bufZ), Y2, Y6) //        + ∂/∂z · z
	VFMADD231PS(at(RSI, bufZ), Y0, Y5) // ∂/∂y
	VPMADDWD(at(RSI, bufX), Y1, Y0)    // c0 + c1·x
	VCVTDQ2PS(Y0, Y0)
	VADDPS(Y0, Y6, Y6)
	VPSRAD(Imm(16), Y1, Y1) // c1
	VCVTDQ2PS(Y1, Y1)
	VFMADD231PS(at(RSI, bufY), Y3, Y1)
	VFMADD231PS(at(RSI, bufZ), Y4, Y1) // ∂/∂x
	VADDPS(Y1, Y7, Y7)
	VADDPS(Y5, Y8, Y8)
	VADDPS(Y2, Y9, Y9)
	VFMADD231PS(at(RSI, bufV), Y2, Y10)
	VFMADD231PS(at(RSI, bufW), Y5, Y11)
	VFMADD231PS(at(RSI, bufW), Y1, Y12)
	VFMADD231PS(at(RSI, bufU), Y2, Y13)
	VFMADD231PS(at(RSI, bufU), Y5, Y14)
	VFMADD231PS(at(RSI, bufV), Y1, Y15)
}

// addUp writes the sums over the lanes of Y6 to Y15 to out.
func addUp() {
	VHADDPS(Y7, Y6, Y0)
	VHADDPS(Y9, Y8, Y1)
	VHADDPS(Y11, Y10, Y2)
	VHADDPS(Y13, Y12, Y3)
	VHADDPS(Y15, Y14, Y4)
	VHADDPS(Y1, Y0, Y0)
	VHADDPS(Y3, Y2, Y2)
	VHADDPS(Y4, Y4, Y4)
	for i, y := range []VecPhysical{Y0, Y2, Y4} {
		x := []VecPhysical{X0, X2, X4}[i]
		VEXTRACTF128(Imm(1), y, X5)
		VADDPS(X5, x, x)
	}
	VMOVUPS(X0, at(R15, 0))
	VMOVUPS(X2, at(R15, 16))
	VMOVLPS(X4, at(R15, 32))
}
