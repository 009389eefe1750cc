// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/assets"
	"difffit/render/internal/gl"
)

// A program is a pair of shaders with the places of its variables.
type program struct {
	gl *gl.API
	id uint32
	at map[string]int32
}

// newProgram compiles a vertex shader and a fragment shader, which is several
// files of assets/shaders one after the other, with some names defined.
func newProgram(g *gl.API, vertex string, fragment []string, defines ...string) (*program, error) {
	return newPair(g, []string{vertex}, fragment, defines...)
}

// newPair is newProgram with a vertex shader of several files too.
func newPair(g *gl.API, vertex, fragment []string, defines ...string) (*program, error) {
	head := "#version 410 core\n"
	for _, d := range defines {
		head += "#define " + d + "\n"
	}
	vs, err := sources(vertex, ".vert")
	if err != nil {
		return nil, err
	}
	fs, err := sources(fragment, ".frag")
	if err != nil {
		return nil, err
	}
	name := strings.Join(append([]string{fragment[len(fragment)-1]}, defines...), " ")
	id, err := g.Compile(name, head+vs, head+fs)
	if err != nil {
		return nil, err
	}
	return &program{g, id, map[string]int32{}}, nil
}

// sources joins files; the name of the last has an ending.
func sources(names []string, ending string) (string, error) {
	all := ""
	for i, name := range names {
		if i == len(names)-1 {
			name += ending
		}
		text, err := assets.Shaders.ReadFile("shaders/" + name + ".glsl")
		if err != nil {
			return "", fmt.Errorf("shader %s: %w", name, err)
		}
		all += string(text)
	}
	return all, nil
}

func (p *program) use() { p.gl.UseProgram(p.id) }

func (p *program) close() { p.gl.DeleteProgram(p.id) }

// place returns where a variable is. One that the compiler has dropped is at
// -1, and setting it does nothing.
func (p *program) place(name string) int32 {
	at, ok := p.at[name]
	if !ok {
		at = p.gl.UniformLocation(p.id, name)
		p.at[name] = at
	}
	return at
}

func (p *program) int(name string, x int)       { p.gl.Uniform1i(p.place(name), int32(x)) }
func (p *program) float(name string, x float64) { p.gl.Uniform1f(p.place(name), float32(x)) }

func (p *program) vec(name string, v r3.Vec) {
	p.gl.Uniform3f(p.place(name), float32(v.X), float32(v.Y), float32(v.Z))
}

func (p *program) vec4(name string, v [4]float32) {
	p.gl.Uniform4f(p.place(name), v[0], v[1], v[2], v[3])
}

func (p *program) matrix(name string, m [16]float32) { p.gl.UniformMatrix4(p.place(name), &m) }

func (p *program) flag(name string, on bool) {
	x := 0
	if on {
		x = 1
	}
	p.int(name, x)
}

func (p *program) vec2(name string, x, y float64) {
	p.gl.Uniform2f(p.place(name), float32(x), float32(y))
}

// A texture is a texture with the name that a program has for it.
type texture struct {
	name   string
	target uint32
	id     uint32
}

// textures binds textures, in the order of the list, and tells the program.
func (p *program) textures(list ...texture) {
	for unit, x := range list {
		p.gl.ActiveTexture(gl.Texture0 + uint32(unit))
		p.gl.BindTexture(x.target, x.id)
		p.int(x.name, unit)
	}
}
