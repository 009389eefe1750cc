// SPDX-License-Identifier: BSD-3-Clause

package command

import "os"

// notInput reports an output, given with an option, that is one of the inputs:
// what is read is never written over, by whatever path it is named.
func notInput(option, out string, inputs ...string) error {
	info, err := os.Stat(out)
	if err != nil || !info.Mode().IsRegular() { // not there yet, or a device
		return nil
	}
	for _, path := range inputs {
		if other, err := os.Stat(path); err == nil && os.SameFile(info, other) {
			return usagef("%s %s: is the input %s, which would be lost; want another name", option, out, path)
		}
	}
	return nil
}

// paths returns those of the map and of all structures.
func (j *job) paths() []string {
	all := []string{j.mapPath}
	for _, in := range j.inputs {
		all = append(all, in.path)
	}
	return all
}
