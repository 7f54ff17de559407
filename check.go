package masar

import (
	"reflect"
	"slices"
)

// Contents is the whole graph as the database holds it, to be checked.
type Contents struct {
	// Snapshot counts the writes that the graph has seen.
	Snapshot int64
	Batch
	// Linked are the keys of the claims that have a direct edge, according to the database.
	Linked map[ClaimKey]bool
	// Edges are the direct edges that are there.
	Edges []DirectEdge
	// Faults are what the database found wrong with its nodes as they were read.
	Faults []Finding
}

// DirectEdge is an edge from subject to object that exists next to a claim, for traversal.
type DirectEdge struct {
	Subject   Ref
	Predicate Predicate
	Object    Ref
}

// String writes the edge as a claim is written.
func (e DirectEdge) String() string {
	return e.Subject.String() + " " + string(e.Predicate) + " " + e.Object.String()
}

// Check reports every rule that a record of the graph breaks, and every fault of the database itself: nodes that are no
// records, two records of one key, a counter of writes that does not count, and direct edges that do not agree with the
// claims.
func Check(c *Contents) []Finding {
	k := &checker{Contents: c, findings: slices.Clone(c.Faults)}
	k.keys()
	k.findings = append(k.findings, ValidateBatch(&c.Batch, NewIndex(&c.Batch))...)
	k.edges()
	return k.findings
}

// checker goes over the graph.
type checker struct {
	*Contents
	record   string // the record that is being checked
	findings []Finding
}

func (k *checker) find(code FaultCode, args Args) {
	k.findings = append(k.findings, Finding{k.record, Fault{Code: code, Args: args}})
}

// keys checks the counter of writes, and that no record is there twice; ValidateBatch reports those that differ.
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

// edges checks that direct edges and claims agree.
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
