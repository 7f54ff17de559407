package dgraph

import (
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
	given  masar.Record
	node   map[string]any
	digest string
	claim  *masar.Claim // of a claim
	linked bool         // whether the claim is accepted, and so has its direct edge
}

// encodeBatch encodes each record of a valid batch once. The error has code BAD_INPUT.
func encodeBatch(batch *masar.Batch, analyse Analyser) ([]*record, error) {
	var records []*record
	known := map[string]bool{}
	for given := range batch.Records() {
		r, err := encode(given, analyse)
		switch {
		case err != nil:
			return nil, err
		case !known[r.xid]:
			known[r.xid] = true
			records = append(records, r)
		}
	}
	return records, nil
}

// encode encodes a record, with the predicates of its type besides those of its fields.
func encode(given masar.Record, analyse Analyser) (*record, error) {
	id := given.Identity()
	r := &record{xid: id.String(), codec: codecOf[id.Type], given: given}
	r.node = r.codec.encode(reflect.ValueOf(given).Elem())
	switch v := given.(type) {
	case masar.Entity:
		r.node["kind"], r.node["code"] = string(id.Type), id.Key
		analyse.addTerms(r.node, v)
	case *masar.Claim:
		// The mark counts in the digest: stores in which an accepted claim has no edge get it when the claim is saved again.
		if r.claim, r.linked = v, v.Status == masar.ClaimAccepted; r.linked {
			r.node["linked"] = true
		}
	}
	for name, v := range r.node {
		if list, ok := v.([]string); ok && slices.Contains(list, star) {
			return nil, masar.NewError(masar.CodeBadInput, "error.write.reserved", masar.Args{"record": r.xid, "text": star, "list": name})
		}
	}
	var err error
	r.digest, err = digest(r.xid, r.node)
	return r, err
}

// digest is a hash of an encoded record. It depends on the record alone, so that it is the same in every store.
func digest(xid string, node map[string]any) (string, error) {
	canonical, err := json.Marshal(node) // keys sorted, edges by xid
	if err != nil {
		return "", masar.NewError(masar.CodeBadInput, "error.write.unwritable", masar.Args{"record": xid}).Because(err)
	}
	sum := sha256.Sum256(canonical)
	return hexadecimal.EncodeToString(sum[:]), nil
}

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
func (r *record) changed(held masar.Record) []string {
	if held == nil { // which the database does not distinguish
		return nil
	}
	names := r.codec.differing(reflect.ValueOf(held).Elem(), reflect.ValueOf(r.given).Elem())
	slices.Sort(names)
	return names
}
