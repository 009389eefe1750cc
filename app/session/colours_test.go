// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"bytes"
	"context"
	"image/color"
	"strings"
	"testing"

	. "difffit/app/session"
)

// Colours and the numbers of copies come back; of older sessions, which have
// none, copies have those of their order.
func TestColoursComeBack(t *testing.T) {
	d := worked(t)
	red := color.NRGBA{200, 30, 2, 255}
	must(t, d.SetColor(1, red))
	s := d.State()
	first := *s.Accepted[0]
	first.Copy = 3
	s.Accepted[0] = &first
	var b bytes.Buffer
	must(t, Encode(&b, s, "", "test"))
	decode := func(text string) (color.NRGBA, int, error) {
		got, err := Decode(context.Background(), strings.NewReader(text), "", inMemory(s))
		if err != nil {
			return color.NRGBA{}, 0, err
		}
		return got.Structure(1).Color, got.Accepted[0].Copy, nil
	}
	if c, n, err := decode(b.String()); c != red || n != 3 || err != nil {
		t.Errorf("comes back as %v, copy %d (%v), want %v, copy 3", c, n, err, red)
	}
	older := strings.Replace(strings.Replace(b.String(), `"copy": 3,`, "", 1), `"color": "#c81e02",`, "", 1)
	if c, n, err := decode(older); c.A != 0 || n != 1 || err != nil {
		t.Errorf("of an older session: %v, copy %d (%v), want none, copy 1", c, n, err)
	}
	for _, tt := range []struct{ name, old, new, want string }{
		{"colour", `"#c81e02"`, `"red"`, `session: structures 1: cannot be used: color is "red", want #rrggbb`},
		{"copy", `"copy": 3`, `"copy": -3`, "session: accepted 1: copy is -3, want 1 or more"},
	} {
		if _, _, err := decode(strings.Replace(b.String(), tt.old, tt.new, 1)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}
