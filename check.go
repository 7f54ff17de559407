package masar

import (
	"reflect"
	"slices"
)

// Contents is the whole graph as stored in the database, for a check.
type Contents struct {
	// Snapshot is the number of writes.
	Snapshot int64
	Batch
	// Linked are the keys of the claims that have a direct edge, according to the database.
	Linked map[ClaimKey]bool
	// Edges are the direct edges in the database.
	Edges []DirectEdge
	// Authors are the last authors of the records, where they are known.
	Authors map[RecordRef]string `json:"-"`
	// Faults are faults of the database that were found during reading.
	Faults []Finding
}

// DirectEdge is an edge from subject to object, stored for each active claim to allow traversal.
type DirectEdge struct {
	Subject   Ref
	Predicate Predicate
	Object    Ref
}

// String writes the edge in the form of a claim.
func (e DirectEdge) String() string {
	return e.Subject.String() + " " + string(e.Predicate) + " " + e.Object.String()
}

// Check reports every rule that a record breaks, and every fault of the database itself: nodes that are no records,
// duplicate keys, a wrong snapshot counter, and direct edges that do not match the claims.
func Check(c *Contents) []Finding {
	k := &checker{Contents: c, findings: slices.Clone(c.Faults)}
	k.keys()
	k.findings = append(k.findings, ValidateBatch(&c.Batch, NewIndex(&c.Batch))...)
	k.edges()
	return k.findings
}

// checker checks the graph.
type checker struct {
	*Contents
	record   string // the current record
	findings []Finding
}

func (k *checker) find(code FaultCode, args Args) {
	k.findings = append(k.findings, Finding{k.record, Fault{Code: code, Args: args}})
}

// keys checks the snapshot counter and reports identical duplicates. ValidateBatch reports duplicates that differ.
func (k *checker) keys() {
	first := map[string]Record{}
	for record := range k.Records() {
		k.record = record.Identity().String()
		if same, again := first[k.record]; again && reflect.DeepEqual(same, record) {
			k.find(FaultRecordTwice, Args{"record": k.record})
		}
		first[k.record] = record
	}
	if k.Snapshot == 0 && len(first) > 0 {
		k.record = "SNAPSHOT"
		k.find(FaultSnapshotMissing, nil)
	}
}

// edges checks that direct edges and active claims match.
func (k *checker) edges() {
	want := map[DirectEdge]bool{}
	for _, c := range k.Contents.Claims {
		k.record = c.Identity().String()
		is := c.Status == ClaimAccepted
		if is {
			want[DirectEdge{c.Subject, c.Predicate, c.Object}] = true
		}
		if is != k.Linked[c.Key] {
			k.find(FaultEdgeMark, nil)
		}
	}
	for _, e := range k.Contents.Edges {
		k.record = e.String()
		if !want[e] {
			k.find(FaultEdgeUnfounded, nil)
		}
		delete(want, e)
	}
	var missing []string
	for e := range want {
		missing = append(missing, e.String())
	}
	slices.Sort(missing)
	for _, k.record = range missing {
		k.find(FaultEdgeMissing, nil)
	}
}
