package dgraph

import (
	"cmp"
	"crypto/sha256"
	hexadecimal "encoding/hex"
	"encoding/json"
	"reflect"
	"slices"

	"masar"
)

// record is a record on its way into the store, with edges still by xid.
type record struct {
	xid    string
	codec  *codec
	given  any
	node   map[string]any
	digest string
	claim  *masar.Claim // of a claim
	linked bool         // whether the claim has its direct edge
}

// encodeBatch encodes each record of a valid batch once. The error has code BAD_INPUT.
func encodeBatch(batch *masar.Batch, linked func(*masar.Claim) bool, analyse Analyser) ([]*record, error) {
	var records []*record
	var fault error
	known := map[string]bool{}
	add := func(sort masar.Sort, key string, given any) {
		r, err := encode(sort, key, given, linked, analyse)
		switch {
		case err != nil:
			fault = cmp.Or(fault, err)
		case !known[r.xid]:
			known[r.xid] = true
			records = append(records, r)
		}
	}
	for _, e := range batch.Entities {
		add(masar.Sort(e.Head().Kind), e.Head().Code, e)
	}
	for _, c := range batch.Claims {
		add(masar.SortClaim, c.Key, c)
	}
	for _, e := range batch.Evidence {
		add(masar.SortEvidence, e.Key, e)
	}
	for _, o := range batch.Observations {
		add(masar.SortObservation, o.Key, o)
	}
	for _, t := range batch.Texts {
		add(masar.SortText, t.SHA256, t)
	}
	return records, fault
}

// encode encodes a record, with what belongs to its sort beside its fields.
func encode(sort masar.Sort, key string, given any, linked func(*masar.Claim) bool, analyse Analyser) (*record, error) {
	r := &record{xid: string(sort) + "/" + key, codec: codecBySort[sort], given: given}
	r.node = r.codec.encode(reflect.ValueOf(given).Elem())
	switch v := given.(type) {
	case masar.Entity:
		r.node["kind"], r.node["code"] = string(sort), key
		analyse.addTerms(r.node, v)
	case *masar.Claim:
		if r.claim, r.linked = v, linked(v); r.linked {
			r.node["linked"] = true
		}
	case *masar.Evidence:
		r.node["claim"] = ref(claimXID(v.ClaimKey))
	}
	for name, v := range r.node {
		if list, ok := v.([]string); ok && slices.Contains(list, star) {
			return nil, masar.Errorf(masar.CodeBadInput, "%q holds %s in the list %s", "يحتوي %q على %s في القائمة %s", r.xid, star, name)
		}
	}
	canonical, err := json.Marshal(r.node) // keys sorted, edges by xid: the same in every store
	if err != nil {
		return nil, masar.Errorf(masar.CodeBadInput, "%s cannot be written", "تتعذّر كتابة %s", r.xid).Because(err)
	}
	sum := sha256.Sum256(canonical)
	r.digest = hexadecimal.EncodeToString(sum[:])
	return r, nil
}

func claimXID(key string) string { return string(masar.SortClaim) + "/" + key }

// eachValue visits the values of an encoded record, those of lists and of nested nodes one by one.
func eachValue(node map[string]any, visit func(any)) {
	for _, v := range node {
		switch v := v.(type) {
		case []ref:
			for _, to := range v {
				visit(to)
			}
		case []string:
			for _, text := range v {
				visit(text)
			}
		case []map[string]any:
			for _, part := range v {
				eachValue(part, visit)
			}
		default:
			visit(v)
		}
	}
}

// changed are the fields in which a record differs from what the store holds of it, sorted by name.
func (r *record) changed(held any) []string {
	if held == nil { // which the store cannot tell
		return nil
	}
	names := r.codec.differing(reflect.ValueOf(held).Elem(), reflect.ValueOf(r.given).Elem())
	slices.Sort(names)
	return names
}
