// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package faketest

import (
	"math"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"gorgonia.org/cu"
)

// module is a kernel k with two parameters and the given body.
func module(body string) string {
	return ".version 6.0\n.target sm_60\n.address_size 64\n\n.visible .entry k(\n\t.param .u64 k_param_0,\n\t.param .u64 k_param_1\n)\n.maxntid 512, 1, 1\n{\n" +
		"\t.reg .pred %p<4>;\n\t.reg .f32 %f<9>;\n\t.reg .b32 %r<9>;\n\t.reg .b64 %rd<9>;\n\t.shared .align 4 .b8 room[16];\n" +
		"\tld.param.u64 %rd1, [k_param_0];\n\tmov.u32 %r1, %tid.x;\n\tmul.wide.u32 %rd2, %r1, 4;\n\tadd.s64 %rd3, %rd1, %rd2;\n" +
		body + "\tret;\n}\n"
}

// run runs a kernel in a block of so many threads on 64 floats, 0 to 63, and
// returns what they are then.
func run(t *testing.T, body string, threads int) ([64]float32, error) {
	t.Helper()
	return runIn(t, cu.DefaultStream, body, threads)
}

// runIn does so in a stream of that kind.
func runIn(t *testing.T, kind cu.StreamFlags, body string, threads int) ([64]float32, error) {
	t.Helper()
	Use(t)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var data [64]float32
	for i := range data {
		data[i] = float32(i)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	device, err := cu.GetDevice(0)
	must(err)
	context, err := device.MakeContext(cu.SchedAuto)
	must(err)
	defer func() { _ = context.Destroy() }()
	m, err := cu.LoadData(module(body))
	if err != nil {
		return data, err
	}
	f, err := m.Function("k")
	must(err)
	stream, err := cu.MakeStream(kind)
	must(err)
	p, err := cu.MemAlloc(int64(unsafe.Sizeof(data)))
	must(err)
	must(cu.MemcpyHtoD(p, unsafe.Pointer(&data), int64(unsafe.Sizeof(data))))
	args := [2]uint64{uint64(p), 0}
	must(f.Launch(1, 1, 1, threads, 1, 1, 0, stream, []unsafe.Pointer{unsafe.Pointer(&args[0]), unsafe.Pointer(&args[1])}))
	if err := stream.Synchronize(); err != nil {
		return data, err
	}
	return data, cu.MemcpyDtoH(unsafe.Pointer(&data), p, int64(unsafe.Sizeof(data)))
}

// What a card forgives, or punishes without a word, is refused by name.
func TestRefuses(t *testing.T) {
	store := "\tld.global.f32 %f1, [%rd3];\n\tst.global.f32 [%rd3], %f1;\n"
	for _, tt := range []struct {
		name, body string
		threads    int
		want, word string
	}{
		{"load beyond the memory", "\tld.global.f32 %f1, [%rd3+256];\n", 32, "IllegalAddress", "an access outside of all allocations, line 20"},
		{"one thread too many", store, 65, "IllegalAddress", "an access outside of all allocations, line 20"},
		{"misaligned", "\tld.global.f32 %f1, [%rd3+2];\n", 1, "MisalignedAddress", "a misaligned access, line 20"},
		{"shared memory", "\tst.shared.f32 [room+16], %f1;\n", 1, "IllegalAddress", "an access outside of shared memory, line 20"},
		{"barrier in a branch", "\tsetp.lt.u32 %p1, %r1, 7;\n\t@%p1 bra $L;\n\tbar.sync 0;\n$L:\n", 32, "LaunchFailed", "a barrier or shuffle is not reached by all lanes, line 22"},
		{"barrier of a part of the block", "\tsetp.lt.u32 %p1, %r1, 32;\n\t@%p1 bra $L;\n\tbar.sync 0;\n$L:\n", 64, "LaunchFailed", "a barrier is not reached by all threads of the block"},
		{"shuffle in a branch", "\tsetp.lt.u32 %p1, %r1, 7;\n\t@%p1 bra $L;\n\tshfl.sync.down.b32 %r2, %r1, 1, 31, -1;\n$L:\n", 32, "LaunchFailed", "a barrier or shuffle is not reached by all lanes, line 22"},
		{"approximation", "\tdiv.approx.f32 %f1, %f2, %f3;\n", 1, "InvalidPtx", "not exact: div.approx.f32"},
		{"no rounding stated", "\tadd.f32 %f1, %f2, %f3;\n", 1, "InvalidPtx", "not exact: add.f32"},
		{"flush to zero", "\tmul.rn.ftz.f32 %f1, %f2, %f3;\n", 1, "InvalidPtx", "not exact: mul.rn.ftz.f32"},
		{"register", "\tmov.f32 %f1, %f77;\n", 1, "InvalidPtx", "operand %f77"},
		{"label", "\tbra $X;\n", 1, "InvalidPtx", "no label $X"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := run(t, tt.body, tt.threads)
			if err == nil || err.Error() != tt.want || !strings.Contains(Fault(), tt.word) {
				t.Errorf("error %v, fault %q; want %s, %q", err, Fault(), tt.want, tt.word)
			}
		})
	}
}

// Lanes that go different ways come together again, and arithmetic is that of
// IEEE 754.
func TestRuns(t *testing.T) {
	body := `	ld.global.f32 %f1, [%rd3];
	and.b32 %r2, %r1, 3;
$AGAIN:
	setp.eq.s32 %p1, %r2, 0;
	@%p1 bra $DONE;
	fma.rn.f32 %f1, %f1, 0f3F800001, 0f3F000000;
	add.s32 %r2, %r2, -1;
	bra.uni $AGAIN;
$DONE:
	shfl.sync.down.b32 %f2, %f1, 16, 31, -1;
	add.rn.f32 %f3, %f1, %f2;
	add.rm.f32 %f4, %f3, 0f4B000000;
	bar.sync 0;
	sub.rn.f32 %f4, %f4, 0f4B000000;
	div.rn.f32 %f4, %f4, 0f40400000;
	st.global.f32 [%rd3], %f4;
`
	got, err := run(t, body, 64)
	if err != nil {
		t.Fatal(err, Fault())
	}
	var first [64]float32
	for i := range first {
		first[i] = float32(i)
		for range i % 4 {
			first[i] = float32(math.FMA(float64(first[i]), float64(math.Float32frombits(0x3F800001)), 0.5))
		}
	}
	for i := range got {
		other := i
		if i%32+16 < 32 {
			other = i + 16
		}
		want := float32(math.Floor(float64(first[i]+first[other]))) / 3
		if got[i] != want {
			t.Errorf("thread %d: %v, want %v", i, got[i], want)
		}
	}
}

// A copy to the device returns before the data are there: a stream that does
// not wait for the default stream does not see them.
func TestCopiesComeLate(t *testing.T) {
	body := "\tld.global.f32 %f1, [%rd3];\n\tadd.rn.f32 %f1, %f1, 0f3F800000;\n\tst.global.f32 [%rd3], %f1;\n"
	if got, err := runIn(t, cu.DefaultStream, body, 64); err != nil || got[5] != 6 {
		t.Errorf("in a stream that waits: 5 + 1 = %v, %v", got[5], err)
	}
	if got, err := runIn(t, cu.NonBlocking, body, 64); err != nil || got[5] == 6 {
		t.Errorf("in a stream that does not wait: 5 + 1 = %v, %v; want no sum", got[5], err)
	}
}
