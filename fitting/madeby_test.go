// SPDX-License-Identifier: BSD-3-Clause

package fitting

import "testing"

// fixed is an engine that has a name and no more.
type fixed struct {
	Engine
	info Info
}

func (f fixed) Info() Info { return f.info }

func TestMadeBy(t *testing.T) {
	auto := Info{Name: "auto", Device: "this or that", Kernel: "go or ptx", Why: "the faster one"}
	cpu := Info{Name: "cpu", Device: "8 × amd64", Kernel: "avx2", Why: "too little for the card"}
	other := cpu
	other.Why = "the card has failed"
	plain := cpu
	plain.Why = ""
	cuda := Info{Name: "cuda", Device: "a card", Kernel: "ptx"}
	slow := cpu
	slow.Kernel = "go"
	for _, tt := range []struct {
		name string
		made []Info
		want Info
	}{
		{"nothing", nil, auto},
		{"nobody says", []Info{{}, {}}, auto},
		{"one", []Info{cpu}, cpu},
		{"all the same, one says nothing", []Info{cpu, {}, cpu}, cpu},
		{"for different reasons", []Info{cpu, other}, plain},
		{"by different engines", []Info{cpu, cuda}, auto},
		{"by different kernels", []Info{cpu, slow, cpu}, auto},
	} {
		if got := MadeBy(fixed{info: auto}, tt.made...); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}
