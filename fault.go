package masar

// Fault is a rule that a record breaks. words.Fault writes its message.
type Fault struct {
	// Path is the place within the record, as the API and the seed name it, such as "maturityBand.low" or
	// "participants[2].value"; empty for the record as a whole.
	Path string `json:"path,omitempty"`
	// Code names the rule.
	Code FaultCode `json:"code"`
	// Args are the values of the slots of the rule's message.
	Args Args `json:"args,omitempty"`
}

// Finding is a fault and the record that has it.
type Finding struct {
	// Record is the record at fault: KIND/code for an entity, its type and key for any other.
	Record string `json:"record"`
	Fault
}

// FaultCode is the stable code of a rule that a record can break.
type FaultCode string

// The rules on any record.
const (
	// FaultKeyWrong: the key is not the one that is derived from the record's content.
	FaultKeyWrong FaultCode = "KEY_WRONG"
	// FaultCodeInvalid: the code has other characters than a code may have, or is too long.
	FaultCodeInvalid FaultCode = "CODE_INVALID"
	// FaultKindWrong: the record is of another type than its kind.
	FaultKindWrong FaultCode = "KIND_WRONG"
	// FaultValueMissing: a required value is empty.
	FaultValueMissing FaultCode = "VALUE_MISSING"
	// FaultValueNotAllowed: a value is not among those allowed for its field.
	FaultValueNotAllowed FaultCode = "VALUE_NOT_ALLOWED"
	// FaultFormInvalid: a value does not have the form that its field requires.
	FaultFormInvalid FaultCode = "FORM_INVALID"
	// FaultURLInvalid: a value is not a web address.
	FaultURLInvalid FaultCode = "URL_INVALID"
	// FaultHashInvalid: a value is not a SHA-256.
	FaultHashInvalid FaultCode = "HASH_INVALID"
	// FaultNumberNotFinite: a number is infinite or no number.
	FaultNumberNotFinite FaultCode = "NUMBER_NOT_FINITE"
	// FaultNumberTooSmall: a number is below the minimum.
	FaultNumberTooSmall FaultCode = "NUMBER_TOO_SMALL"
	// FaultNumberRange: a number is outside the allowed range.
	FaultNumberRange FaultCode = "NUMBER_OUT_OF_RANGE"
	// FaultListEmpty: a list that needs an item has none.
	FaultListEmpty FaultCode = "LIST_EMPTY"
	// FaultListDuplicate: a list holds an item twice.
	FaultListDuplicate FaultCode = "LIST_DUPLICATE"
	// FaultTextMissing: a required text is missing in both languages.
	FaultTextMissing FaultCode = "TEXT_MISSING"
	// FaultTextOneLanguage: a text exists in one language only.
	FaultTextOneLanguage FaultCode = "TEXT_ONE_LANGUAGE"
	// FaultTextEncoding: a text is not well-formed UTF-8.
	FaultTextEncoding FaultCode = "TEXT_ENCODING"
	// FaultDateInvalid: a date is not in EDTF.
	FaultDateInvalid FaultCode = "DATE_INVALID"
	// FaultDateOrder: a period ends before it begins.
	FaultDateOrder FaultCode = "DATE_ORDER"
	// FaultDateOpen: a period has neither beginning nor end.
	FaultDateOpen FaultCode = "DATE_OPEN"
	// FaultReferenceMissing: a required reference is missing.
	FaultReferenceMissing FaultCode = "REFERENCE_MISSING"
	// FaultReferenceKind: a reference names an entity of a kind that is not allowed in its place.
	FaultReferenceKind FaultCode = "REFERENCE_KIND"
	// FaultReferenceNotFound: a reference names an entity that does not exist.
	FaultReferenceNotFound FaultCode = "REFERENCE_NOT_FOUND"
	// FaultRecordTwice: a batch holds two versions of one record, or the database two records of one key.
	FaultRecordTwice FaultCode = "RECORD_TWICE"
)

// The rules on entities.
const (
	// FaultParentNotAllowed: an entity of this kind has no parent.
	FaultParentNotAllowed FaultCode = "PARENT_NOT_ALLOWED"
	// FaultParentCode: the code of an SDG target or indicator does not begin with that of its parent.
	FaultParentCode FaultCode = "PARENT_CODE"
	// FaultParentCycle: an entity is its own ancestor.
	FaultParentCycle FaultCode = "PARENT_CYCLE"
	// FaultIncomeIncomplete: an income group without its year, or a year without its group.
	FaultIncomeIncomplete FaultCode = "INCOME_INCOMPLETE"
	// FaultBandOrder: the low end of a maturity band is not below its high end.
	FaultBandOrder FaultCode = "BAND_ORDER"
	// FaultProxyIndicatorRange: the worst and the best value of a proxy indicator are equal.
	FaultProxyIndicatorRange FaultCode = "PROXY_INDICATOR_RANGE"
	// FaultIndicatorNotFound: no indicator has the code.
	FaultIndicatorNotFound FaultCode = "INDICATOR_NOT_FOUND"
	// FaultIndicatorAmbiguous: an SDG indicator and another indicator have the same code.
	FaultIndicatorAmbiguous FaultCode = "INDICATOR_AMBIGUOUS"
)

// The rules on claims, evidence, observations and source texts.
const (
	// FaultPredicateKinds: a predicate does not allow the kinds of subject and object.
	FaultPredicateKinds FaultCode = "PREDICATE_KINDS"
	// FaultPredicateRange: a predicate with any subject does not allow the kind of the object.
	FaultPredicateRange FaultCode = "PREDICATE_RANGE"
	// FaultPredicateSameKind: a predicate between entities of one kind joins two kinds.
	FaultPredicateSameKind FaultCode = "PREDICATE_SAME_KIND"
	// FaultClaimSelf: a claim has the same subject and object.
	FaultClaimSelf FaultCode = "CLAIM_ABOUT_ITSELF"
	// FaultClaimBothWays: a symmetric claim exists in both directions.
	FaultClaimBothWays FaultCode = "CLAIM_BOTH_WAYS"
	// FaultRoleMissing: a PARTICIPATES claim has no role.
	FaultRoleMissing FaultCode = "ROLE_MISSING"
	// FaultRoleNotAllowed: a claim of another predicate has a role.
	FaultRoleNotAllowed FaultCode = "ROLE_NOT_ALLOWED"
	// FaultRationaleMissing: an inferred claim or a judgement gives no reason.
	FaultRationaleMissing FaultCode = "RATIONALE_MISSING"
	// FaultRationaleNotAllowed: a stated claim gives the reason of an inference.
	FaultRationaleNotAllowed FaultCode = "RATIONALE_NOT_ALLOWED"
	// FaultRetirementNotAllowed: a record that is neither deprecated nor rejected gives a reason for it, or a record that is
	// not deprecated gives a cause.
	FaultRetirementNotAllowed FaultCode = "RETIREMENT_NOT_ALLOWED"
	// FaultClaimNoEvidence: a claim that is not deprecated has no evidence.
	FaultClaimNoEvidence FaultCode = "CLAIM_NO_EVIDENCE"
	// FaultClaimNoneAccepted: an accepted claim has no accepted evidence.
	FaultClaimNoneAccepted FaultCode = "CLAIM_NO_ACCEPTED_EVIDENCE"
	// FaultClaimUnsupported: all accepted evidence of an accepted, stated claim is against it.
	FaultClaimUnsupported FaultCode = "CLAIM_UNSUPPORTED"
	// FaultDirectnessTooHigh: evidence for an inferred claim counts as if its passage stated the claim.
	FaultDirectnessTooHigh FaultCode = "DIRECTNESS_TOO_HIGH"
	// FaultClaimNotFound: evidence is for a claim that does not exist.
	FaultClaimNotFound FaultCode = "CLAIM_NOT_FOUND"
	// FaultSourceMissing: an observation names no source.
	FaultSourceMissing FaultCode = "SOURCE_MISSING"
	// FaultPassageMissing: evidence has no passage.
	FaultPassageMissing FaultCode = "PASSAGE_MISSING"
	// FaultPassageOtherSource: the passage of an observation is from another document than its source.
	FaultPassageOtherSource FaultCode = "PASSAGE_OTHER_SOURCE"
	// FaultVersionNotFound: a passage refers to a version that its document does not have.
	FaultVersionNotFound FaultCode = "VERSION_NOT_FOUND"
	// FaultRangeEmpty: a range ends before or where it starts.
	FaultRangeEmpty FaultCode = "RANGE_EMPTY"
	// FaultRangeBeyond: a range ends after the text.
	FaultRangeBeyond FaultCode = "RANGE_BEYOND_TEXT"
	// FaultQuoteMismatch: the words of a passage do not match its hash.
	FaultQuoteMismatch FaultCode = "QUOTE_MISMATCH"
	// FaultLengthWrong: the length of a source text is wrong.
	FaultLengthWrong FaultCode = "LENGTH_WRONG"
)

// FaultCodes lists the codes of the rules on records.
var FaultCodes = []FaultCode{
	FaultKeyWrong, FaultCodeInvalid, FaultKindWrong, FaultValueMissing, FaultValueNotAllowed, FaultFormInvalid, FaultURLInvalid,
	FaultHashInvalid, FaultNumberNotFinite, FaultNumberTooSmall, FaultNumberRange, FaultListEmpty, FaultListDuplicate,
	FaultTextMissing, FaultTextOneLanguage, FaultTextEncoding, FaultDateInvalid, FaultDateOrder, FaultDateOpen,
	FaultReferenceMissing, FaultReferenceKind, FaultReferenceNotFound, FaultRecordTwice,
	FaultParentNotAllowed, FaultParentCode, FaultParentCycle, FaultIncomeIncomplete, FaultBandOrder, FaultProxyIndicatorRange,
	FaultIndicatorNotFound, FaultIndicatorAmbiguous,
	FaultPredicateKinds, FaultPredicateRange, FaultPredicateSameKind, FaultClaimSelf, FaultClaimBothWays, FaultRoleMissing,
	FaultRoleNotAllowed, FaultRationaleMissing, FaultRationaleNotAllowed, FaultRetirementNotAllowed, FaultClaimNoEvidence, FaultClaimNoneAccepted,
	FaultClaimUnsupported, FaultDirectnessTooHigh, FaultClaimNotFound, FaultSourceMissing, FaultPassageMissing, FaultPassageOtherSource, FaultVersionNotFound,
	FaultRangeEmpty, FaultRangeBeyond, FaultQuoteMismatch, FaultLengthWrong,
}

// Faults of the database itself, which only a check of the whole graph finds.
const (
	// FaultSnapshotMissing: there are records, but the snapshot counter is 0.
	FaultSnapshotMissing FaultCode = "SNAPSHOT_MISSING"
	// FaultNodeType: a node has a key of another record type than its own, or no record type.
	FaultNodeType FaultCode = "NODE_TYPE"
	// FaultNodeCode: the kind and code of a node are not those of its key.
	FaultNodeCode FaultCode = "NODE_CODE"
	// FaultNodeUnreadable: a node cannot be read as a record.
	FaultNodeUnreadable FaultCode = "NODE_UNREADABLE"
	// FaultNodeLine: the line of a record differs from its predicates.
	FaultNodeLine FaultCode = "NODE_LINE"
	// FaultNodeDigest: the values of a record differ from its digest, so something else than Masar has changed them.
	FaultNodeDigest FaultCode = "NODE_DIGEST"
	// FaultHistory: the history does not record the creation of as many records of a type as there are.
	FaultHistory FaultCode = "HISTORY_INCOMPLETE"
	// FaultEdgeDangling: an edge begins or ends at a node that is no record.
	FaultEdgeDangling FaultCode = "EDGE_DANGLING"
	// FaultEdgeMark: the mark of a claim for its direct edge is wrong.
	FaultEdgeMark FaultCode = "EDGE_MARK"
	// FaultEdgeUnfounded: a direct edge exists without an active claim.
	FaultEdgeUnfounded FaultCode = "EDGE_UNFOUNDED"
	// FaultEdgeMissing: an active claim has no direct edge.
	FaultEdgeMissing FaultCode = "EDGE_MISSING"
)

// FaultLine: a line of an export cannot be read.
const FaultLine FaultCode = "LINE_UNREADABLE"

// DatabaseFaultCodes lists the codes of the faults that only a check of the whole graph finds.
var DatabaseFaultCodes = []FaultCode{
	FaultSnapshotMissing, FaultNodeType, FaultNodeCode, FaultNodeUnreadable, FaultNodeLine, FaultNodeDigest, FaultHistory, FaultEdgeDangling,
	FaultEdgeMark, FaultEdgeUnfounded, FaultEdgeMissing,
}
