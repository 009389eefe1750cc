// SPDX-License-Identifier: BSD-3-Clause

package palette

import (
	"image/color"
	"math"
)

// A lab is a colour in OKLab, where distances are as large as they are seen:
// B. Ottosson, "A perceptual color space for image processing" (2020), from
// which the matrices are. Lightness is 0 to 1.
type lab struct{ l, a, b float64 }

// far returns the distance of two colours, ΔE in OKLab: about 0.02 is just seen.
func far(p, q lab) float64 {
	return math.Sqrt((p.l-q.l)*(p.l-q.l) + (p.a-q.a)*(p.a-q.a) + (p.b-q.b)*(p.b-q.b))
}

// linear returns the light of a colour of sRGB (IEC 61966-2-1), 0 to 1.
func linear(c color.NRGBA) [3]float64 {
	one := func(x uint8) float64 {
		v := float64(x) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return [3]float64{one(c.R), one(c.G), one(c.B)}
}

func labOf(light [3]float64) lab {
	r, g, b := light[0], light[1], light[2]
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return lab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func (p lab) light() [3]float64 {
	l, m, s := p.l+0.3963377774*p.a+0.2158037573*p.b, p.l-0.1055613458*p.a-0.0638541728*p.b, p.l-0.0894841775*p.a-1.2914855480*p.b
	l, m, s = l*l*l, m*m*m, s*s*s
	return [3]float64{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

// An lch is a colour by lightness, chroma and hue, in radians.
type lch struct{ l, c, h float64 }

func (p lab) lch() lch { return lch{p.l, math.Hypot(p.a, p.b), math.Atan2(p.b, p.a)} }

// rgb returns the colour of sRGB; where there is none, one with less chroma.
func (p lch) rgb() color.NRGBA {
	light := p.lab().light()
	for ; p.c > 0 && !isColor(light); light = p.lab().light() {
		p.c = math.Max(0, p.c-0.004)
	}
	one := func(x float64) uint8 {
		x = math.Min(math.Max(x, 0), 1)
		if x <= 0.0031308 {
			return uint8(math.Round(255 * 12.92 * x))
		}
		return uint8(math.Round(255 * (1.055*math.Pow(x, 1/2.4) - 0.055)))
	}
	return color.NRGBA{one(light[0]), one(light[1]), one(light[2]), 255}
}

func (p lch) lab() lab { return lab{p.l, p.c * math.Cos(p.h), p.c * math.Sin(p.h)} }

func isColor(light [3]float64) bool {
	for _, x := range light {
		if x < -1e-4 || x > 1.0001 {
			return false
		}
	}
	return true
}

// What people see who lack a kind of cones: G. M. Machado, M. M. Oliveira and
// L. A. F. Fernandes, IEEE Trans. Vis. Comput. Graph. 15, 1291 (2009), severity 1.
var (
	deutan = [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}
	protan = [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}
)

// without returns light as it is seen by people who lack a kind of cones.
func without(light [3]float64, cones [3][3]float64) [3]float64 {
	var seen [3]float64
	for i, row := range cones {
		seen[i] = math.Min(math.Max(row[0]*light[0]+row[1]*light[1]+row[2]*light[2], 0), 1)
	}
	return seen
}

// An impression is a colour as people see it: those with all cones, and those
// without some.
type impression [3]lab

func impressionOf(c color.NRGBA) impression {
	x := linear(c)
	return impression{labOf(x), labOf(without(x, deutan)), labOf(without(x, protan))}
}

const (
	// blindPart is how much less the colour-blind are asked to tell apart: two
	// colours that they see 0.02 apart count as those that others see 0.04 apart.
	blindPart = 2.0
	// lightPart is what lightness counts besides hue: light makes every thing
	// lighter here and darker there.
	lightPart = 0.65
)

// apart returns how well all people tell two things of these colours apart.
func (p impression) apart(q impression) float64 {
	a, b := p[0], q[0]
	a.l, b.l = lightPart*a.l, lightPart*b.l
	return min(far(a, b), blindPart*far(p[1], q[1]), blindPart*far(p[2], q[2]))
}
