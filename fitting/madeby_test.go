// SPDX-License-Identifier: BSD-3-Clause

package fitting

import "testing"

func TestMadeBy(t *testing.T) {
	cpu := Info{Name: "cpu", Device: "8 × amd64", Kernel: "avx2", Why: "too little for the card"}
	other := cpu
	other.Why = "the card has failed"
	plain := cpu
	plain.Why = ""
	cuda := Info{Name: "cuda", Device: "a card", Kernel: "ptx"}
	slow := plain
	slow.Kernel = "go"
	for _, tt := range []struct {
		name string
		made []Info
		want Info
	}{
		{"nothing", nil, Info{}},
		{"nobody says", []Info{{}, {}}, Info{}},
		{"one", []Info{cpu}, cpu},
		{"all the same, one says nothing", []Info{cpu, {}, cpu}, cpu},
		{"for different reasons", []Info{cpu, other}, plain},
		{"by different engines", []Info{cpu, cuda}, Info{Name: "cpu and cuda", Device: "8 × amd64 and a card", Kernel: "avx2 and ptx"}},
		{"by different kernels", []Info{plain, slow, plain}, Info{Name: "cpu", Device: "8 × amd64", Kernel: "avx2 and go"}},
	} {
		if got := MadeBy(tt.made...); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
