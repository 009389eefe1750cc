// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"errors"
	"image"

	"difffit/app/batch"
	"difffit/app/document"
	"difffit/render"
)

// Reports returns what draws the picture of a session for its report: as the
// command does when nothing else is asked for.
func Reports(draw Draw) batch.Draw {
	return func(s document.State, width int) (image.Image, error) {
		o := options{opacity: 0.35, occlusion: 0.8, silhouettes: 1, zoom: 1}
		o.look = look{
			style: render.Cartoon, coloring: render.Uniform, mapStyle: render.Surface, light: render.TwoLights, background: plain["white"],
		}
		scene := o.scene(s)
		if len(scene.Volumes)+len(scene.Molecules) == 0 {
			return nil, errors.New("there is nothing to be seen")
		}
		return draw(&scene, o.camera(&scene), width, width*9/16, render.Quality{Samples: 9})
	}
}
