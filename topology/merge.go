package topology

import (
	"cmp"
	"slices"
)

// A Graph consists of sorted lists. A new snapshot inserts what is new into the lists of the one before. It copies
// runs of memory, sorts only what is new, and shares every list without insertions.

// splice inserts items into a list, each before the old index given in at, which ascends. The old list does not
// change.
func splice[T any](list []T, at []int32, items []T) []T {
	if len(items) == 0 {
		return list
	}
	whole := make([]T, 0, len(list)+len(items))
	from := int32(0)
	for i, item := range items {
		whole = append(whole, list[from:at[i]]...)
		whole = append(whole, item)
		from = at[i]
	}
	return append(whole, list[from:]...)
}

// moves maps the indexes of an older snapshot to new ones; nil if they are unchanged.
type moves[T ~int32] []T

// movesOf returns the new indexes of a list of length n after a splice.
func movesOf[T ~int32](n int, at []int32) moves[T] {
	if len(at) == 0 {
		return nil
	}
	m := make(moves[T], n)
	before := 0
	for i := range m {
		for before < len(at) && at[before] <= int32(i) {
			before++
		}
		m[i] = T(i + before)
	}
	return m
}

// of is the new index of a place. Negative values such as None stay as they are.
func (m moves[T]) of(place T) T {
	if m == nil || place < 0 {
		return place
	}
	return m[place]
}

// all returns the new indexes of places.
func (m moves[T]) all(places []T) []T {
	if m == nil {
		return places
	}
	now := make([]T, len(places))
	for i, place := range places {
		now[i] = m.of(place)
	}
	return now
}

// grown returns the start of each owner's items, after new owners without items are inserted before at, and one item
// is added for each of owners, which ascend.
func grown[T ~int32](starts, at []int32, owners []T) []int32 {
	begin := make([]int32, len(at))
	for i, place := range at {
		begin[i] = starts[place]
	}
	starts = splice(starts, at, begin)
	if len(owners) == 0 {
		return starts
	}
	more := make([]int32, len(starts))
	before := 0
	for i, start := range starts {
		for before < len(owners) && int(owners[before]) < i {
			before++
		}
		more[i] = start + int32(before)
	}
	return more
}

// member is an item of an owner's list.
type member[T ~int32] struct {
	owner Entity
	item  T
}

// with returns the lists after new owners are inserted before at, items have moved, and members are added. Each list
// is sorted by compare.
func (a adjacency[T]) with(at []int32, moved moves[T], more []member[T], compare func(x, y T) int) adjacency[T] {
	all := adjacency[T]{from: grown[Entity](a.from, at, nil), to: moved.all(a.to)}
	if len(more) == 0 {
		return all
	}
	slices.SortFunc(more, func(x, y member[T]) int { return cmp.Or(cmp.Compare(x.owner, y.owner), compare(x.item, y.item)) })
	owners, items, before := make([]Entity, len(more)), make([]T, len(more)), make([]int32, len(more))
	for i, m := range more {
		owners[i], items[i] = m.owner, m.item
		place, _ := slices.BinarySearchFunc(all.of(m.owner), m.item, compare)
		before[i] = all.from[m.owner] + int32(place)
	}
	return adjacency[T]{from: grown(all.from, nil, owners), to: splice(all.to, before, items)}
}

// spliceByKey inserts new indexes into a list sorted by key, and moves the old ones.
func spliceByKey[T ~int32](sorted []T, moved moves[T], added []T, key func(T) *recordKey) []T {
	// The first bytes of a key nearly always decide. Here they are contiguous in memory, while the keys are not.
	type keyed struct {
		beginning uint64
		place     T
	}
	order := make([]keyed, len(added))
	for i, x := range added {
		order[i] = keyed{key(x).beginning(), x}
	}
	slices.SortFunc(order, func(x, y keyed) int {
		if x.beginning != y.beginning {
			return cmp.Compare(x.beginning, y.beginning)
		}
		return key(x.place).compare(key(y.place))
	})
	sorted = moved.all(sorted)
	before := make([]int32, len(added))
	added = slices.Clone(added)
	for i, x := range order {
		added[i] = x.place
		place, _ := slices.BinarySearchFunc(sorted, x.place, func(x, y T) int { return key(x).compare(key(y)) })
		before[i] = int32(place)
	}
	return splice(sorted, before, added)
}
