// SPDX-License-Identifier: BSD-3-Clause

package fitting

// MadeBy returns by what a number of results were made, where e was asked: what
// they all say in Result.Engine, without Why if they give different reasons; or
// e itself, if they do not agree (it chose among several) or say nothing.
func MadeBy(e Engine, engines ...Info) Info {
	var all Info
	for _, i := range engines {
		switch {
		case i == Info{}:
		case all == Info{}:
			all = i
		case i.Name != all.Name || i.Device != all.Device || i.Kernel != all.Kernel:
			return e.Info()
		case i.Why != all.Why:
			all.Why = ""
		}
	}
	if (all == Info{}) {
		return e.Info()
	}
	return all
}
