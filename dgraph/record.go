package dgraph

import (
	"crypto/sha256"
	hexadecimal "encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

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

// encodeBatch encodes each record of a batch once. The error has code BAD_INPUT.
func encodeBatch(batch *masar.Batch, analyse Analyser) ([]*record, error) {
	var records []*record
	known := map[string]*record{}
	for given := range batch.Records() {
		r, err := encode(given, analyse)
		if err != nil {
			return nil, err
		}
		same, again := known[r.xid]
		switch {
		case !again:
			known[r.xid] = r
			records = append(records, r)
		case same.digest != r.digest:
			return nil, masar.NewError(masar.CodeBadInput, "error.write.twice", masar.Args{"record": r.xid})
		}
	}
	return records, nil
}

// encode encodes a record, with what the store keeps of its type beside its fields.
func encode(given masar.Record, analyse Analyser) (*record, error) {
	id := given.Identity()
	r := &record{xid: id.String(), codec: codecOf[id.Type], given: given}
	if r.codec == nil || r.codec.record != reflect.TypeOf(given).Elem() || id.Key == "" {
		return nil, masar.NewError(masar.CodeBadInput, "error.write.key", masar.Args{"record": r.xid, "type": fmt.Sprintf("%T", given)})
	}
	r.node = r.codec.encode(reflect.ValueOf(given).Elem())
	switch v := given.(type) {
	case masar.Entity:
		r.node["kind"], r.node["code"] = string(id.Type), id.Key
		analyse.addTerms(r.node, v)
	case *masar.Claim:
		if err := r.asClaim(v); err != nil {
			return nil, err
		}
	}
	if err := r.wellFormed(); err != nil {
		return nil, err
	}
	var err error
	r.digest, err = digest(r.xid, r.node)
	return r, err
}

// asClaim marks a claim that has its direct edge. The mark counts in the digest: stores in which an accepted claim has no
// edge, as long ago when it was refuted, get the edge when the claim is saved again.
func (r *record) asClaim(c *masar.Claim) error {
	if c.Key != c.NewKey() { // else its direct edge could change its ends and leave the old one behind
		return masar.NewError(masar.CodeBadInput, "error.write.claim_key", masar.Args{"record": r.xid})
	}
	if !slices.Contains(masar.Predicates, c.Predicate) { // it names a predicate of Dgraph's
		return masar.NewError(masar.CodeBadInput, "error.write.predicate", masar.Args{"record": r.xid, "predicate": string(c.Predicate)})
	}
	if r.claim, r.linked = c, c.Status == masar.ClaimAccepted; r.linked {
		r.node["linked"] = true
	}
	return nil
}

// wellFormed reports texts that would not come back as they were given.
func (r *record) wellFormed() error {
	wellFormed := utf8.ValidString(r.xid)
	eachValue(r.node, func(v any) {
		if text, ok := v.(string); ok && !utf8.ValidString(text) {
			wellFormed = false
		}
	})
	if !wellFormed { // on its way it would be changed without a word
		return masar.NewError(masar.CodeBadInput, "error.write.text", masar.Args{"record": r.xid})
	}
	for name, v := range r.node {
		if list, ok := v.([]string); ok && slices.Contains(list, star) {
			return masar.NewError(masar.CodeBadInput, "error.write.reserved", masar.Args{"record": r.xid, "text": star, "list": name})
		}
	}
	return nil
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
	if held == nil { // which the store cannot tell
		return nil
	}
	names := r.codec.differing(reflect.ValueOf(held).Elem(), reflect.ValueOf(r.given).Elem())
	slices.Sort(names)
	return names
}
