// SPDX-License-Identifier: BSD-3-Clause

package kernel

//go:generate go -C gen run . -pkg kernel -out ../eval_amd64.s -stubs ../eval_amd64.go
