// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"context"
	"errors"
	"image"

	"difffit/app/command"
	"difffit/app/document"
	"difffit/render"
)

// seen returns what is seen of a state, and from where.
func (o *options) seen(ctx context.Context, s document.State) (render.Scene, render.Camera, error) {
	v, saved, err := o.view(s)
	if err != nil {
		return render.Scene{}, render.Camera{}, err
	}
	scene, err := o.scene(ctx, s, v)
	if err != nil {
		return scene, render.Camera{}, err
	}
	if len(scene.Volumes)+len(scene.Molecules) == 0 {
		return scene, render.Camera{}, command.InputError(o.file, errors.New("there is nothing to be seen"))
	}
	if saved {
		return scene, o.camera(&scene, &v.Camera), nil
	}
	return scene, o.camera(&scene, nil), nil
}

// Reports returns what draws the picture of a session for its report: as the
// command does when nothing but the session is given, with each structure in a
// colour of its own.
func Reports(draw Draw) command.Draw {
	return func(ctx context.Context, s document.State, width int) (image.Image, error) {
		o := options{
			file: "session", width: width, height: width * 9 / 16, samples: 9,
			opacity: 0.3, occlusion: 0.8, silhouettes: 1, zoom: 1, given: func(string) bool { return false },
			look: look{
				style: render.Cartoon, coloring: render.Uniform, mapStyle: render.Surface, light: render.TwoLights, background: plain["white"],
			},
		}
		scene, camera, err := o.seen(ctx, s)
		if err != nil {
			return nil, err
		}
		var made image.Image
		err = draw(&scene, []render.Camera{camera}, o.width, o.height, render.Quality{Samples: o.samples}, func(_ int, m *image.RGBA) error {
			Marks(m, camera, o.marks)
			made = m
			return nil
		})
		return made, err
	}
}
