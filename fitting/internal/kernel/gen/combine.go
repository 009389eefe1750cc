// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// combine writes the weighted sum of rows: 32 numbers at a time, then 8.
func combine() {
	TEXT("combineAVX2", NOSPLIT, "func(dst, src *float32, n, stride int, w *float32, taps int)")
	Pragma("noescape")
	Doc("combineAVX2 is combineGo for n divisible by 8 and at least one weight.")
	Load(Param("dst"), RDI)
	Load(Param("src"), RSI)
	Load(Param("n"), RCX)
	Load(Param("stride"), R8)
	Load(Param("w"), R9)
	Load(Param("taps"), R10)
	SHLQ(Imm(2), R8) // bytes

	for _, wide := range []int{4, 1} {
		label := map[int]string{4: "by32", 1: "by8"}[wide]
		Label(label)
		CMPQ(RCX, Imm(uint64(8*wide)))
		JLT(LabelRef(label + "end"))
		for k := range wide {
			VXORPS(ymm[k], ymm[k], ymm[k])
		}
		MOVQ(RSI, RAX)
		MOVQ(R9, RBX)
		MOVQ(R10, RDX)
		Label(label + "tap")
		VBROADCASTSS(at(RBX, 0), Y4)
		for k := range wide {
			VFMADD231PS(at(RAX, 32*k), Y4, ymm[k])
		}
		ADDQ(R8, RAX)
		ADDQ(Imm(4), RBX)
		DECQ(RDX)
		JNE(LabelRef(label + "tap"))
		for k := range wide {
			VMOVUPS(ymm[k], at(RDI, 32*k))
		}
		ADDQ(U32(uint32(32*wide)), RSI)
		ADDQ(U32(uint32(32*wide)), RDI)
		SUBQ(Imm(uint64(8*wide)), RCX)
		JMP(LabelRef(label))
		Label(label + "end")
	}
	VZEROUPPER()
	RET()
}
