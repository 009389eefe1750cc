// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"difffit/render/internal/gl"
)

// A Renderer draws scenes in a context. All its methods must run on one
// thread (runtime.LockOSThread), that on which it was made.
type Renderer struct {
	ctx       Context
	gl        *gl.API
	target    *target
	molecules *molecules
	surfaces  *surfaces
	composer  *composer
	outliner  *outliner
	limit     int // of the edges of a picture
	device    string
	notes     []string
	now       int // counts pictures
}

// New makes the context current on this thread and prepares to draw in it.
func New(ctx Context) (*Renderer, error) {
	if err := ctx.MakeCurrent(); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	r := &Renderer{ctx: ctx}
	if err := r.prepare(); err != nil {
		r.Close()
		return nil, fmt.Errorf("render: %w", err)
	}
	return r, nil
}

func (r *Renderer) prepare() error {
	api, err := gl.Load(r.ctx.ProcAddress)
	if err != nil {
		return err
	}
	r.gl = api
	r.device = api.String(gl.RendererName)
	r.limit = api.Integer(gl.MaxTextureSize)
	r.target = newTarget(api)
	if r.molecules, err = newMolecules(api); err != nil {
		return err
	}
	if r.surfaces, err = newSurfaces(api); err != nil {
		return err
	}
	r.composer = newComposer(api)
	if r.outliner, err = newOutliner(api); err != nil {
		return err
	}
	return api.Err("prepare")
}

// Close frees everything in the graphics memory and gives the context back.
func (r *Renderer) Close() {
	if r.outliner != nil {
		r.outliner.close()
	}
	if r.composer != nil {
		r.composer.close()
	}
	if r.surfaces != nil {
		r.surfaces.close()
	}
	if r.molecules != nil {
		r.molecules.close()
	}
	if r.target != nil {
		r.target.close()
	}
	r.ctx.Release()
}

// Device returns what the driver calls the graphics device.
func (r *Renderer) Device() string { return r.device }

// Notes returns what a person should know of the last picture, as that a map
// is shown at half its resolution.
func (r *Renderer) Notes() []string { return r.notes }

// Draw returns a picture of w by h pixels with rows from the top, opaque
// unless the quality says otherwise.
func (r *Renderer) Draw(s *Scene, c Camera, w, h int, q Quality) (*image.RGBA, error) {
	if w < 1 || h < 1 || w > r.limit || h > r.limit {
		return nil, fmt.Errorf("render: picture of %d×%d pixels, want 1 to %d", w, h, r.limit)
	}
	r.now++
	picture := buffer(q.Into, w, h)
	err := r.draw(s, c, w, h, q, picture.Pix)
	if q.Transparent {
		coverLights(picture.Pix)
	}
	if glErr := r.gl.Err("draw"); err == nil {
		err = glErr
	}
	if errors.Is(err, errStopped) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	r.surfaces.tidy(r.now)
	r.molecules.tidy(r.now)
	return picture, nil
}

// A pass is one drawing of a scene: one sample of each pixel.
type pass struct {
	view        *view
	target      *target
	look        Look
	background  [3]float32
	dark        bool // the background is
	draft       bool
	transparent bool
	noHull      bool // to measure what they are good for
	noBricks    bool
	single      bool // one sample of each pixel is all of the picture
	direct      bool // without layers: a map is blended over what is solid
	whole       bool // isosurfaces in layers are drawn behind what is solid too: their layers do not depend on that
	stays       bool // layers of isosurfaces are as they will be in the next picture, unless what they depend on changes
	stop        func() bool
}

// behind is the colour where there is nothing, times alpha.
func (f *pass) behind() [4]float32 {
	if f.transparent {
		return [4]float32{}
	}
	return [4]float32{f.background[0], f.background[1], f.background[2], 1}
}

// parts are what a scene consists of in the graphics memory.
type parts struct {
	sheets []sheet
	cloud  *sheet
	bodies []*body   // of the molecules; nil if there is nothing to be seen
	zones  []*nearby // of the molecules; nil for all
	boxes  []box
	ghosts bool
}

func (r *Renderer) draw(s *Scene, c Camera, w, h int, q Quality, pix []uint8) error {
	if err := r.target.resize(w, h); err != nil {
		return err
	}
	p, err := r.partsOf(s, sighting{c, w, h, q.Draft})
	if err != nil {
		return err
	}
	f := pass{
		view: newView(c, w, h, p.boxes), target: r.target, look: s.Look, background: channels(s.Background), dark: IsDark(s.Background),
		draft: q.Draft, single: q.Samples <= 1, transparent: q.Transparent, noHull: q.without.hull, noBricks: q.without.bricks, stop: q.Stop,
	}
	f.look = f.look.in(q)
	f.direct = p.cloud == nil && len(p.sheets) <= 1 && !p.ghosts && f.look.Occlusion == 0 && f.look.Silhouettes == 0
	if q.Samples <= 1 {
		if err := r.drawPass(s, p, f); err != nil {
			return err
		}
		r.target.read(pix, f.direct)
		return nil
	}
	sum := make([]uint16, len(pix))
	whole := f.view
	for k := range q.Samples {
		f.view = whole.at(k, q.Samples)
		if err := r.drawPass(s, p, f); err != nil {
			return err
		}
		r.target.read(pix, f.direct)
		for i, x := range pix {
			sum[i] += uint16(x)
		}
	}
	for i, x := range sum {
		pix[i] = uint8((int(x) + q.Samples/2) / q.Samples)
	}
	return nil
}

// coverLights makes what is brighter than it covers, as a light on glass, cover
// as much: colours times alpha are at most alpha.
func coverLights(pix []uint8) {
	for i := 0; i+3 < len(pix); i += 4 {
		pix[i+3] = max(pix[i], pix[i+1], pix[i+2], pix[i+3])
	}
}

// partsOf brings to the graphics memory what is not there yet.
func (r *Renderer) partsOf(s *Scene, at sighting) (parts, error) {
	var p parts
	var err error
	if p.sheets, p.cloud, r.notes, err = r.surfaces.sheetsOf(s, at, r.now); err != nil {
		return p, err
	}
	for i := range p.sheets {
		p.boxes = append(p.boxes, p.sheets[i].box)
	}
	if p.cloud != nil {
		p.boxes = append(p.boxes, p.cloud.box)
	}
	p.bodies, p.zones = make([]*body, len(s.Molecules)), make([]*nearby, len(s.Molecules))
	for i, k := range looksOf(s.Molecules, at.draft, r.molecules.chainsOf) {
		m := &s.Molecules[i]
		if !m.Visible || opacity(m) == 0 {
			continue
		}
		if p.bodies[i] = r.molecules.load(k, r.now); p.bodies[i] != nil {
			p.boxes = append(p.boxes, p.bodies[i].boxes(m.Motions)...)
			p.ghosts = p.ghosts || opacity(m) < 1
		}
		if m.Zone != nil && r.surfaces.fields.limit >= leastTexture {
			if p.zones[i], err = r.surfaces.zones.load(m.Zone, r.now); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

// drawPass draws what is solid, then what is translucent, then all together.
func (r *Renderer) drawPass(s *Scene, p parts, f pass) error {
	r.begin()
	if f.direct {
		f.target.useSolid(f.behind())
		if err := r.drawBodies(s, p, f, false); err != nil {
			return err
		}
		for i := range p.sheets {
			if err := r.surfaces.drawSheet(&p.sheets[i], 0, f); err != nil {
				return err
			}
		}
		return r.outlines(s, p, f)
	}
	layers, opaque, plain := 0, 0, 0
	iso := true
	for i := range p.sheets {
		v := p.sheets[i].volume
		iso = iso && v.Style.IsIsosurface()
		if v.isSolid() {
			opaque = 1 // one layer does for all, one after the other
			continue
		}
		if v.Style != Surface {
			plain |= 1 << layers
		}
		layers++
	}
	maps := layers
	if p.ghosts { // all in the last layer
		plain |= 1 << layers
		layers++
	}
	f.whole = !f.draft && iso
	f.stays = f.whole && opaque == 0 && f.single
	if err := f.target.makeLayers(max(layers, opaque), f.stays); err != nil {
		return err
	}
	f.target.useSolid([4]float32{})
	if err := r.drawBodies(s, p, f, false); err != nil {
		return err
	}
	if err := r.surfaces.drawSolid(p.sheets, f); err != nil {
		return err
	}
	if p.ghosts {
		r.begin()
		f.target.useGhosts(maps)
		if err := r.drawBodies(s, p, f, true); err != nil {
			return err
		}
	}
	if err := r.surfaces.drawLayers(p.sheets, f); err != nil {
		return err
	}
	if err := r.composer.draw(r.surfaces, p.cloud, layers, plain, f); err != nil {
		return err
	}
	return r.outlines(s, p, f)
}

// begin sets what all drawing with depths has in common.
func (r *Renderer) begin() {
	g := r.gl
	g.Disable(gl.ScissorTest)
	g.Disable(gl.Blend)
	g.Disable(gl.Culling)
	g.Enable(gl.DepthTest)
	g.DepthFunc(gl.Less)
	g.DepthMask(true)
}

func (r *Renderer) drawBodies(s *Scene, p parts, f pass, ghosts bool) error {
	for i, b := range p.bodies {
		if b != nil && !s.Molecules[i].Marked && ghosts == (opacity(&s.Molecules[i]) < 1) {
			r.mix(ghosts && s.Molecules[i].Style == Points)
			if err := r.molecules.draw(b, &s.Molecules[i], f, ghosts, p.zones[i]); err != nil {
				return err
			}
		}
	}
	r.mix(false)
	return nil
}

// mix has what is drawn next mixed over what is there, however deep that lies;
// else it is drawn where it is nearest. The depth is that of what comes last.
func (r *Renderer) mix(on bool) {
	g := r.gl
	if on {
		g.Enablei(gl.Blend, 0) // colours, not depths
		g.BlendFunc(gl.One, gl.OneMinusSrcAlpha)
		g.DepthFunc(gl.Always)
		return
	}
	g.Disablei(gl.Blend, 0)
	g.DepthFunc(gl.Less)
}

func channels(c color.NRGBA) [3]float32 {
	return [3]float32{float32(c.R) / 255, float32(c.G) / 255, float32(c.B) / 255}
}

// buffer returns a picture in the memory of old, if that is large enough.
func buffer(old *image.RGBA, w, h int) *image.RGBA {
	if old == nil || cap(old.Pix) < 4*w*h {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return &image.RGBA{Pix: old.Pix[:4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}
