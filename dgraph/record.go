package dgraph

import (
	"crypto/sha256"
	hexadecimal "encoding/hex"
	"encoding/json"
	"reflect"
	"slices"

	"masar"
)

// record is a record to be written. Its edges are still xids.
type record struct {
	xid   string
	codec *codec
	given masar.Record
	node  map[string]any
	// digest is a hash of the node, and content one without its search terms.
	digest, content string
	claim           *masar.Claim // claims only
	linked          bool         // whether the claim is active, so that it has a direct edge
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

// encode encodes a record with its fields, its marks and its search terms.
func encode(given masar.Record, analyse Analyser) (*record, error) {
	id := given.Identity()
	r := &record{xid: id.String(), codec: codecOf[id.Type], given: given}
	r.node = r.codec.encode(reflect.ValueOf(given).Elem())
	switch v := given.(type) {
	case masar.Entity:
		r.node["kind"], r.node["code"] = string(id.Type), id.Key
	case *masar.Claim:
		// The mark is part of the digest. So a claim that lacks its direct edge, as in older databases, gets it when it is
		// saved again.
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
	if r.content, err = digest(r.xid, r.node); err != nil {
		return nil, err
	}
	r.digest = r.content
	if e, is := given.(masar.Entity); is && analyse.addTerms(r.node, e) {
		r.digest, err = digest(r.xid, r.node)
	}
	return r, err
}

// line is the record's line at a revision, with its authorship, which is that of the database and not the given one.
func (r *record) line(revision int, by masar.Authorship) (string, error) {
	of := reflect.New(r.codec.record)
	of.Elem().Set(reflect.ValueOf(r.given).Elem())
	of.Elem().FieldByName("Revision").SetInt(int64(revision))
	if claim, ok := of.Interface().(*masar.Claim); ok {
		claim.Authorship = by
	}
	line, err := masar.Line(of.Interface().(masar.Record))
	return string(line), err
}

// digest is a hash of an encoded record. It is the same in every database, because it depends on the record only.
func digest(xid string, node map[string]any) (string, error) {
	canonical, err := json.Marshal(node) // sorts the keys
	if err != nil {
		return "", masar.NewError(masar.CodeBadInput, "error.write.unwritable", masar.Args{"record": xid}).Because(err)
	}
	sum := sha256.Sum256(canonical)
	return hexadecimal.EncodeToString(sum[:]), nil
}

// digestOf is the digest of a stored record, computed from the values of its node: those that were read as the record, its
// marks and its search terms. If it differs from the stored digest, something else than masar has changed the values.
func (c *codec) digestOf(record masar.Record, node map[string]any) (string, error) {
	values := c.encode(reflect.ValueOf(record).Elem())
	for _, name := range slices.Concat(c.marks, c.terms) {
		if v := node[name]; v != nil && v != false && name != "line" {
			values[name] = v
		}
	}
	return digest(record.Identity().String(), values)
}

// eachValue visits the values of an encoded record, including those in lists and nested nodes.
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

// changed returns the names of the fields in which the record differs from the held one, sorted. held is nil for a
// new record.
func (r *record) changed(held masar.Record) []string {
	if held == nil { // Dgraph holds nothing different from an empty record
		return nil
	}
	names := r.codec.differing(reflect.ValueOf(held).Elem(), reflect.ValueOf(r.given).Elem())
	slices.Sort(names)
	return names
}
