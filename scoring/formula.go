package scoring

import (
	"math"

	"masar"
)

// AgeFactor is max(floor, 2^(−years/halfLife)), in [floor,1]: the remaining weight of an evidence item of some age.
//
// years runs from the first possible date of the document to the as-of date. halfLife is in years too. A future
// document counts in full. An undated one (years is NaN) counts floor, because it may be old.
func AgeFactor(years, halfLife, floor float64) float64 {
	if math.IsNaN(years) {
		return floor
	}
	return max(floor, math.Exp2(-max(years, 0)/halfLife))
}

// HarmonicShare is (6/π²)·s/i², the share of the i-th strongest family (from 1) in S = (6/π²) Σ s₍ᵢ₎/i².
//
// The harmonic sum follows the Open Targets Platform. Since Σ 1/i² is π²/6, S stays below 1 for any number of
// families, and many weak ones do not outweigh a few strong ones.
func HarmonicShare(strength float64, rank int) float64 {
	i := float64(rank)
	return 6 / (math.Pi * math.Pi) * strength / (i * i)
}

// Doubt is the remaining doubt about a fact after one more source family: doubt·(1 − single·strength). It starts at
// 1, so the families leave a doubt of Π(1 − .8·s), and S = 1 − Π(1 − .8·s).
func Doubt(doubt, single, strength float64) float64 { return doubt * (1 - single*strength) }

// Net is N = max(0, S⁺ − S⁻), in [0,1].
func Net(supports, refutes float64) float64 { return max(0, supports-refutes) }

// Conflict is K = 2·min(S⁺,S⁻)/(S⁺+S⁻), in [0,1]: 1 if both sides are equal, 0 if one side or both have no evidence.
func Conflict(supports, refutes float64) float64 {
	if supports+refutes == 0 {
		return 0
	}
	return 2 * min(supports, refutes) / (supports + refutes)
}

// Status sums the two sides up: REFUTED where S⁻ > S⁺, else CONTESTED where K is at least contested, else SUPPORTED;
// NO_EVIDENCE where nothing counts on either side. REFUTED comes first, since a claim that has more against it
// than for it must not be shown as merely disputed.
func Status(supports, refutes, contested float64) masar.SupportStatus {
	switch {
	case supports+refutes == 0:
		return masar.NoEvidence
	case refutes > supports:
		return masar.Refuted
	case Conflict(supports, refutes) >= contested:
		return masar.Contested
	}
	return masar.Supported
}

// Certainty is the first of the conditions that a net support from some supporting families meets, of which one may be
// evaluated; else VERY_LOW. The words are GRADE's; the conditions are Masar's own.
func Certainty(conditions []masar.CertaintyCondition, net float64, families int, evaluated bool) masar.Certainty {
	for _, c := range conditions {
		if net >= c.Net && families >= c.Families && (evaluated || !c.Evaluated) {
			return c.Certainty
		}
	}
	return masar.CertaintyVeryLow
}

// Documentation is CORROBORATED for a fact stated by at least two source families, STATED for one stated by one
// family or recorded in metadata, INFERRED for one that curators inferred from all its evidence, and NONE without
// evidence.
func Documentation(families, stating int, recorded bool) masar.Documentation {
	switch {
	case families == 0:
		return masar.DocumentationNone
	case stating >= 2:
		return masar.DocumentationCorroborated
	case stating == 1 || recorded:
		return masar.DocumentationStated
	}
	return masar.DocumentationInferred
}
