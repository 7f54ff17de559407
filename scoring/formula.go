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

// Status is REFUTED if S⁻ > S⁺, else CONTESTED if K ≥ .5, else SUPPORTED; NO_EVIDENCE if nothing counts on either
// side. REFUTED comes first, because a claim with more evidence against it than for it is more than disputed.
func Status(supports, refutes float64) masar.SupportStatus {
	switch {
	case supports+refutes == 0:
		return masar.NoEvidence
	case refutes > supports:
		return masar.Refuted
	case Conflict(supports, refutes) >= .5:
		return masar.Contested
	}
	return masar.Supported
}

// Certainty is HIGH for N ≥ .60 from three supporting families with at least one evaluated, MODERATE for N ≥ .45 from
// two, LOW for N ≥ .15, else VERY_LOW. The names are those of GRADE; the thresholds are Masar's own.
func Certainty(net float64, families int, evaluated bool) masar.Certainty {
	switch {
	case net >= .60 && families >= 3 && evaluated:
		return masar.CertaintyHigh
	case net >= .45 && families >= 2:
		return masar.CertaintyModerate
	case net >= .15:
		return masar.CertaintyLow
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
