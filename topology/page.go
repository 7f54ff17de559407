package topology

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"masar/answers"
	"math"
	"reflect"
	"slices"
	"sort"
	"strings"

	"masar"
)

// maxCursor is the maximum length of a cursor. separator separates the parts of its place.
const (
	maxCursor = 1024
	separator = "\x1f"
)

// Page is a page of a list: items in order, and the position of the page.
type Page[T ~int32] struct {
	Items []Item[T]
	// Total is the number of items in the whole list.
	Total            int
	HasNext, HasPrev bool
}

// Item is an item of a list.
type Item[T ~int32] struct {
	At T
	// Via are the claims that lead from the start of the list to the item; empty in lists that follow no claim.
	Via []Claim
	// AtTarget says that the last claim of Via is about a goal and is counted for one of its targets.
	AtTarget bool
	// Cursor is the position of the item in its list.
	Cursor string

	net float64 // net support of the last claim, as the list counts it
}

// list is a whole list before it is cut into pages.
type list[T ~int32] struct {
	// identity identifies the list by owner, field, order and filter. Cursors of other lists are rejected.
	identity string
	// at returns each of the len items, in the order of their places.
	len int
	at  func(i int) Item[T]
	// place is the position of an item, by its properties rather than its index. So a cursor stays valid when the list
	// changes.
	place func(Item[T]) place
	// compare orders places.
	compare func(a, b place) int
}

// identity identifies a list by all that determines its items and their order. An empty list of values is ignored.
func identity(parts ...any) string {
	for i, part := range parts {
		if v := reflect.ValueOf(part); v.Kind() == reflect.Slice && v.Len() == 0 {
			parts[i] = nil
		}
	}
	b, _ := json.Marshal(parts) // plain data, which never fails
	return string(b)
}

// plain returns items that consist of an index only.
func plain[T ~int32](places []T) func(int) Item[T] {
	return func(i int) Item[T] { return Item[T]{At: places[i]} }
}

// place is a position in a list: by value, then by the parts (each compared as a code), then by key.
type place struct {
	value float64
	parts []string
	key   string // of a record without a code
}

// ascending orders by value, then by name.
func ascending(a, b place) int { return cmp.Or(cmp.Compare(a.value, b.value), byName(a, b)) }

// descending orders by value, largest first, then by name in ascending order.
func descending(a, b place) int { return cmp.Or(cmp.Compare(b.value, a.value), byName(a, b)) }

// backward reverses the order by name.
func backward(a, b place) int { return byName(b, a) }

func byName(a, b place) int {
	return cmp.Or(slices.CompareFunc(a.parts, b.parts, masar.CompareCodes), strings.Compare(a.key, b.key))
}

// page cuts a page out of the list. The error has code BAD_PAGE for sizes that are out of range or contradict each
// other, and BAD_CURSOR for a cursor of another list.
func (l list[T]) page(args answers.ListArgs) (Page[T], error) {
	size, fromEnd, err := PageSize(args)
	if err != nil {
		return Page[T]{}, err
	}
	from, to := 0, l.len
	if args.After != nil {
		after, err := l.decode("after", *args.After)
		if err != nil {
			return Page[T]{}, err
		}
		from = l.first(func(order int) bool { return order > 0 }, after)
	}
	if args.Before != nil {
		before, err := l.decode("before", *args.Before)
		if err != nil {
			return Page[T]{}, err
		}
		to = max(from, l.first(func(order int) bool { return order >= 0 }, before))
	}
	if to-from > size {
		if fromEnd {
			from = to - size
		} else {
			to = from + size
		}
	}
	p := Page[T]{Total: l.len, HasNext: to < l.len, HasPrev: from > 0, Items: make([]Item[T], to-from)}
	mark := l.mark()
	for i := range p.Items {
		it := l.at(from + i)
		it.Cursor = encode(mark, l.place(it))
		p.Items[i] = it
	}
	return p, nil
}

// first is the index of the first item whose comparison with a place is wanted. All later items have to be wanted
// too.
func (l list[T]) first(wanted func(order int) bool, p place) int {
	return sort.Search(l.len, func(i int) bool { return wanted(l.compare(l.place(l.at(i)), p)) })
}

// PageSize is the number of items of a page, and whether they are counted from the end. The error has code BAD_PAGE.
func PageSize(args answers.ListArgs) (size int, fromEnd bool, err error) {
	if size, err = masar.Pages.Of("first", args.First); err != nil || args.Last == nil {
		return size, false, err
	}
	if size, err = masar.Pages.Of("last", args.Last); err != nil {
		return 0, false, err
	}
	if args.First != nil {
		return 0, false, masar.NewArgumentError(masar.CodeBadPage, "last", "error.page.first_and_last", nil)
	}
	return size, true, nil
}

// encode writes a place as a cursor: the mark of the list, the value, the parts and the key.
func encode(mark uint32, p place) string {
	b := binary.BigEndian.AppendUint32(make([]byte, 0, 64), mark)
	b = binary.BigEndian.AppendUint64(b, math.Float64bits(p.value))
	b = append(b, strings.Join(append(slices.Clip(p.parts), p.key), separator)...)
	return base64.RawURLEncoding.EncodeToString(b)
}

func (l list[T]) decode(argument, cursor string) (place, error) {
	bad := masar.NewArgumentError(masar.CodeBadCursor, argument, "error.cursor.list", nil)
	if len(cursor) > maxCursor || strings.ContainsAny(cursor, "\r\n") { // the decoder would skip line breaks
		return place{}, bad
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(b) < 12 || binary.BigEndian.Uint32(b) != l.mark() {
		return place{}, bad
	}
	value := math.Float64frombits(binary.BigEndian.Uint64(b[4:]))
	if math.IsNaN(value) {
		return place{}, bad
	}
	parts := strings.Split(string(b[12:]), separator)
	last := len(parts) - 1
	return place{value: value, parts: parts[:last], key: parts[last]}, nil
}

// mark is a hash of the list's identity in cursors. It only distinguishes lists and is no secret.
func (l list[T]) mark() uint32 {
	h := fnv.New32a()
	h.Write([]byte(l.identity))
	return h.Sum32()
}
