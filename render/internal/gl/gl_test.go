// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package gl

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"difffit/render/internal/offscreen"
)

func load(t *testing.T) *API {
	t.Helper()
	t.Setenv("LIBGL_ALWAYS_SOFTWARE", "1")
	ctx, err := offscreen.New()
	if err != nil {
		if os.Getenv("DIFFFIT_REQUIRE_GL") == "1" {
			t.Fatal(err)
		}
		t.Skip("no off-screen OpenGL here:", err)
	}
	runtime.LockOSThread()
	if err := ctx.MakeCurrent(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx.Release()
		ctx.Close()
		runtime.UnlockOSThread()
	})
	g, err := Load(ctx.ProcAddress)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestErrorsNameTheCall(t *testing.T) {
	g := load(t)
	for _, debug := range []bool{false, true} {
		g.SetDebug(debug)
		g.Viewport(0, 0, -1, 1)
		g.Enable(DepthTest)
		err := g.Err("here")
		want := map[bool]string{false: "here", true: "Viewport"}[debug]
		var e *Error
		if !errors.As(err, &e) || e.Call != want || !strings.Contains(err.Error(), "invalid value") {
			t.Errorf("debug=%t: %v, want an invalid value in %s", debug, err, want)
		}
		if err := g.Err("again"); err != nil {
			t.Errorf("debug=%t: the error comes again: %v", debug, err)
		}
	}
	if !IsOutOfMemory(&Error{Code: 0x0505}) || IsOutOfMemory(&Error{Code: 0x0501}) || IsOutOfMemory(nil) {
		t.Error("IsOutOfMemory is wrong")
	}
}

func TestCompileReportsTheLog(t *testing.T) {
	g := load(t)
	const head = "#version 410 core\n"
	if _, err := g.Compile("broken", head+"void main() { gl_Position = vec4(0); }", head+"void main() { nonsense(); }"); err == nil ||
		!strings.Contains(err.Error(), "broken") || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("Compile: %v, want the name and the fault", err)
	}
	if g.String(VersionName) == "" || g.Integer(Max3DTextureSize) < 256 {
		t.Errorf("version %q, largest map %d", g.String(VersionName), g.Integer(Max3DTextureSize))
	}
}
