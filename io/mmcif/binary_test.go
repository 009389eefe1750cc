// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"strings"
	"testing"

	"difffit/internal/testdata"
)

// Packing, as far as the tests need it.

type pair struct {
	key   string
	value any
}

// pack writes a value as MessagePack: pairs as a map, []any as an array.
func pack(v any) []byte {
	u32 := func(first byte, n int) []byte { return binary.BigEndian.AppendUint32([]byte{first}, uint32(n)) }
	switch v := v.(type) {
	case nil:
		return []byte{0xc0}
	case bool:
		if v {
			return []byte{0xc3}
		}
		return []byte{0xc2}
	case int:
		return binary.BigEndian.AppendUint64([]byte{0xd3}, uint64(v))
	case float64:
		return binary.BigEndian.AppendUint64([]byte{0xcb}, math.Float64bits(v))
	case string:
		return append(u32(0xdb, len(v)), v...)
	case []byte:
		return append(u32(0xc6, len(v)), v...)
	case []any:
		b := u32(0xdd, len(v))
		for _, e := range v {
			b = append(b, pack(e)...)
		}
		return b
	case []pair:
		b := u32(0xdf, len(v))
		for _, p := range v {
			b = append(append(b, pack(p.key)...), pack(p.value)...)
		}
		return b
	}
	panic("no packing for this type")
}

func step(kind string, more ...pair) []pair { return append([]pair{{"kind", kind}}, more...) }

func encoded(data []byte, steps ...any) []pair {
	return []pair{{"encoding", steps}, {"data", data}}
}

// floats is a column of 32-bit numbers.
func floats(v ...float32) []pair {
	var b []byte
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return encoded(b, step("ByteArray", pair{"type", 32}))
}

// repeated is a column of one integer, n times.
func repeated(n int) []pair {
	b := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 7), uint32(n))
	return encoded(b, step("RunLength", pair{"srcSize", n}), step("ByteArray", pair{"type", 3}))
}

func steps(n int) []any {
	var all []any
	for range n {
		all = append(all, step("Delta"))
	}
	return all
}

func column(name string, data any) []pair {
	return []pair{{"name", name}, {"data", data}, {"mask", nil}}
}

func document(rows int, columns ...any) []byte {
	return pack([]pair{{"version", "0.3.0"}, {"dataBlocks", []any{[]pair{{"header", "X"}, {"categories", []any{
		[]pair{{"name", "_atom_site"}, {"rowCount", rows}, {"columns", columns}},
	}}}}}})
}

func TestEncodings(t *testing.T) {
	i32 := func(v ...int32) []byte {
		var b []byte
		for _, x := range v {
			b = binary.LittleEndian.AppendUint32(b, uint32(x))
		}
		return b
	}
	bytesOf := func(kind int) []pair { return step("ByteArray", pair{"type", kind}) }
	packing := func(count int, unsigned bool) []pair {
		return step("IntegerPacking", pair{"byteCount", count}, pair{"isUnsigned", unsigned}, pair{"srcSize", 4})
	}
	tests := []struct {
		name string
		data []pair
		want []float64
	}{
		{"int8", encoded([]byte{1, 0xff, 0x80}, bytesOf(1)), []float64{1, -1, -128}},
		{"int16", encoded([]byte{1, 0, 0xfe, 0xff}, bytesOf(2)), []float64{1, -2}},
		{"int32", encoded(i32(-70000, 5), bytesOf(3)), []float64{-70000, 5}},
		{"uint8", encoded([]byte{1, 0xff}, bytesOf(4)), []float64{1, 255}},
		{"uint16", encoded([]byte{1, 0, 0xff, 0xff}, bytesOf(5)), []float64{1, 65535}},
		{"uint32", encoded(i32(7), bytesOf(6)), []float64{7}},
		{"float32", floats(1.5, -2), []float64{1.5, -2}},
		{"float64", encoded(binary.LittleEndian.AppendUint64(nil, math.Float64bits(0.1)), bytesOf(33)), []float64{0.1}},
		{"fixed point", encoded(i32(1234, -5), step("FixedPoint", pair{"factor", 1000}, pair{"srcType", 33}), bytesOf(3)), []float64{1.234, -0.005}},
		{"interval", encoded([]byte{0, 1, 4}, step("IntervalQuantization", pair{"min", 1.0}, pair{"max", 3.0}, pair{"numSteps", 5}), bytesOf(4)), []float64{1, 1.5, 3}},
		{"run length", encoded(i32(7, 2, -1, 3), step("RunLength", pair{"srcSize", 5}), bytesOf(3)), []float64{7, 7, -1, -1, -1}},
		{"delta", encoded(i32(0, 3, -5), step("Delta", pair{"origin", 1000}), bytesOf(3)), []float64{1000, 1003, 998}},
		{"packed signed", encoded([]byte{1, 127, 1, 0x80, 0xff, 127, 127, 0}, packing(1, false), bytesOf(1)), []float64{1, 128, -129, 254}},
		{"packed unsigned", encoded([]byte{1, 0xff, 0, 0xff, 0xff, 3}, packing(1, true), bytesOf(4)), []float64{1, 255, 513}},
		{"packed 16 bits", encoded([]byte{0xff, 0xff, 1, 0, 5, 0}, packing(2, true), bytesOf(5)), []float64{65536, 5}},
	}
	for _, tt := range tests {
		a, err := decodeData(pack(tt.data), 100)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		got := a.floats
		for _, v := range a.ints {
			got = append(got, float64(v))
		}
		if len(got) != len(tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
			continue
		}
		for i := range got {
			if got[i] != tt.want[i] {
				t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
				break
			}
		}
	}
}

func names(index []byte, text string, offsets ...byte) []pair {
	return encoded(index, step("StringArray", pair{"stringData", text}, pair{"offsets", offsets},
		pair{"dataEncoding", []any{step("ByteArray", pair{"type", 1})}}, pair{"offsetEncoding", []any{step("ByteArray", pair{"type", 4})}}))
}

func TestBinaryDocument(t *testing.T) {
	columns := []any{
		column("Cartn_x", floats(1, 4)), column("Cartn_y", floats(2, 5)), column("Cartn_z", floats(3, 6)),
		column("label_atom_id", names([]byte{1, 0}, "NCA", 0, 1, 3)),
		[]pair{{"name", "auth_seq_id"}, {"data", encoded([]byte{7, 0}, step("ByteArray", pair{"type", 4}))}, {"mask", encoded([]byte{0, 2}, step("ByteArray", pair{"type", 4}))}},
		column("label_seq_id", encoded([]byte{8, 9}, step("ByteArray", pair{"type", 4}))),
		column("unread", "whatever"),
	}
	models, _, err := DecodeBinary(bytes.NewReader(document(2, columns...)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, b := models[0].Atoms[0], models[0].Atoms[1]
	if a.Name != "CA" || a.Pos.Z != 3 || a.Seq != 7 || b.Name != "N" || b.Pos.X != 4 || b.Seq != 9 {
		t.Errorf("atoms %+v and %+v", a, b)
	}
}

func TestBinaryFaults(t *testing.T) {
	xyz := func(more ...any) []any {
		return append([]any{column("Cartn_x", floats(1)), column("Cartn_y", floats(2)), column("Cartn_z", floats(3))}, more...)
	}
	runs := binary.LittleEndian.AppendUint32(binary.LittleEndian.AppendUint32(nil, 1), 1<<30)
	deep := append(bytes.Repeat([]byte{0x91}, 1000), 0xc0)
	tests := []struct {
		name string
		file []byte
		want string
	}{
		{"empty", nil, "mmcif: not a BinaryCIF file: the document ends too early"},
		{"text", []byte("data_x\n"), "mmcif: not a BinaryCIF file: want a map"},
		{"other document", pack([]pair{{"a", 1}}), "mmcif: dataBlocks: the document ends too early"},
		{"deep", append([]byte{0x81, 0xa1, 'a'}, deep...), "mmcif: not a BinaryCIF file: maps and arrays are nested deeper than 32"},
		{"long array", []byte{0x81, 0xa1, 'a', 0xdd, 0xff, 0xff, 0xff, 0xff}, "mmcif: not a BinaryCIF file: the document ends too early"},
		{"many rows", document(1 << 30), "mmcif: _atom_site: rowCount is 1.073741824e+09, want a number of rows"},
		{"negative rows", document(-1), "mmcif: _atom_site: rowCount is -1"},
		{"no coordinates", document(1, xyz()[:2]...), "mmcif: _atom_site: has no item Cartn_z"},
		{"no rows", document(0), "mmcif: no atoms: none of 1 data blocks has rows of _atom_site"},
		{"short column", document(2, xyz()...), "mmcif: _atom_site.Cartn_x: has 1 values, want 2"},
		{"no name", document(1, xyz()...), "mmcif: _atom_site.*, row 1: the atom has no name"},
		{"NaN", document(1, column("Cartn_x", floats(float32(math.NaN()))), column("Cartn_y", floats(2)), column("Cartn_z", floats(3))), `mmcif: _atom_site.Cartn_x, row 1: "NaN" is not a number`},
		{"unknown encoding", document(1, column("id", encoded(nil, step("Zip")))), `mmcif: _atom_site.id: encoding "Zip" is not known`},
		{"no encoding", document(1, column("id", encoded(nil))), "mmcif: _atom_site.id: encoding: has no steps"},
		{"nine steps", document(1, column("id", encoded(nil, steps(9)...))), "mmcif: _atom_site.id: encoding: has more than 8 steps"},
		{"blocks of nothing", pack([]pair{{"dataBlocks", make([]any, 1<<20)}}), "mmcif: dataBlocks: want an array of maps"},
		{"atoms of nothing", pack([]pair{{"encoder", strings.Repeat("x", 1<<20)}, {"dataBlocks", []any{[]pair{{"categories", []any{[]pair{
			{"name", "_atom_site"}, {"rowCount", 1 << 20}, {"columns", []any{column("Cartn_x", repeated(1<<20)), column("Cartn_y", repeated(1<<20)), column("Cartn_z", repeated(1<<20))}},
		}}}}}}}), "mmcif: _atom_site: rowCount is 1.048576e+06, want a number of rows that"},
		{"runs too long", document(1, column("id", encoded(runs, step("RunLength", pair{"srcSize", 1}), step("ByteArray", pair{"type", 3})))), "mmcif: _atom_site.id: RunLength: has more values than the category has rows"},
		{"half a value", document(1, column("id", encoded([]byte{1, 2, 3}, step("ByteArray", pair{"type", 3})))), "mmcif: _atom_site.id: ByteArray: 3 bytes of type 3"},
		{"string out of range", document(1, column("id", names([]byte{2}, "AB", 0, 1, 2))), "mmcif: _atom_site.id: StringArray: index 2 is out of range, there are 2 strings"},
		{"offset out of range", document(1, column("id", names([]byte{0}, "AB", 0, 9))), "mmcif: _atom_site.id: StringArray: offset 9 is out of range"},
		{"two steps of bytes", document(1, column("id", encoded([]byte{1}, step("ByteArray", pair{"type", 4}), step("ByteArray", pair{"type", 4})))), "mmcif: _atom_site.id: ByteArray: want bytes"},
	}
	for _, tt := range tests {
		_, _, err := DecodeBinary(bytes.NewReader(tt.file), Options{})
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// A file that ends early is an error wherever it ends, never a panic.
func TestBinaryCutShort(t *testing.T) {
	file, err := os.ReadFile(testdata.Shared(t, "readers/structures/1cbs_full.bcif"))
	if err != nil {
		t.Fatal(err)
	}
	for n := 0; n < len(file); n += 997 {
		if _, _, err := DecodeBinary(bytes.NewReader(file[:n]), Options{}); err == nil {
			t.Errorf("%d of %d bytes: no error", n, len(file))
		}
	}
}

func FuzzDecodeBinary(f *testing.F) {
	f.Add(document(1, column("Cartn_x", floats(1)), column("Cartn_y", floats(2)), column("Cartn_z", floats(3)), column("label_atom_id", names([]byte{0}, "CA", 0, 2))))
	f.Add(document(1, column("id", encoded([]byte{7, 1}, step("Delta", pair{"origin", 1}), step("RunLength", pair{"srcSize", 1}), step("IntegerPacking", pair{"byteCount", 1}), step("ByteArray", pair{"type", 4})))))
	f.Fuzz(func(t *testing.T, b []byte) {
		models, _, err := DecodeBinary(bytes.NewReader(b), Options{AllModels: true, KeepAlternates: true})
		if err != nil {
			return
		}
		for _, m := range models {
			var out bytes.Buffer
			if err := Encode(&out, m); err != nil {
				t.Fatal(err)
			}
			again, _, err := Decode(&out, Options{KeepAlternates: true})
			if err != nil || len(again[0].Atoms) != len(m.Atoms) {
				t.Fatalf("decoded again: %v\n%q", err, out.Bytes())
			}
		}
	})
}
