package embedded

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// CertificateFault is a fault of a file of Dgraph's certificates.
type CertificateFault struct {
	// File is the path.
	File string
	// What describes the fault, such as "expired on 2025-01-01".
	What string
}

// CheckCertificates reports missing, unreadable, expired and mismatched certificates of the Dgraph that runs on a data
// directory. It changes nothing.
func CheckCertificates(dataDir string, now time.Time) []CertificateFault {
	dir := filepath.Join(dataDir, "dgraph", certificateDir)
	root := filepath.Join(dir, caFile)
	authority, what := readCertificate(root, now)
	var found []CertificateFault
	if what != "" {
		found = append(found, CertificateFault{root, what})
	}
	for name, use := range certificateUses {
		file, key := filepath.Join(dir, name+".crt"), filepath.Join(dir, name+".key")
		certificate, what := readCertificate(file, now)
		if what == "" && authority != nil {
			what = signedBy(certificate, authority, use, now)
		}
		if what != "" {
			found = append(found, CertificateFault{file, what})
			continue
		}
		if _, err := tls.LoadX509KeyPair(file, key); err != nil {
			found = append(found, CertificateFault{key, "is not the key of its certificate: " + err.Error()})
		}
	}
	return found
}

// readCertificate reads a certificate. It returns a description of the fault; empty if there is none.
func readCertificate(file string, now time.Time) (certificate *x509.Certificate, what string) {
	content, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, "is missing"
	}
	if err != nil {
		return nil, "cannot be read: " + err.Error()
	}
	block, _ := pem.Decode(bytes.TrimSpace(content))
	if block == nil {
		return nil, "has no certificate in PEM"
	}
	certificate, err = x509.ParseCertificate(block.Bytes)
	switch {
	case err != nil:
		return nil, "is not a certificate: " + err.Error()
	case now.After(certificate.NotAfter):
		return nil, fmt.Sprintf("expired on %s", certificate.NotAfter.Format(time.DateOnly))
	case now.Before(certificate.NotBefore):
		return nil, fmt.Sprintf("is not valid before %s", certificate.NotBefore.Format(time.DateOnly))
	}
	return certificate, ""
}

// signedBy checks that an authority has signed a certificate for a use.
func signedBy(certificate, authority *x509.Certificate, use x509.ExtKeyUsage, now time.Time) (what string) {
	roots := x509.NewCertPool()
	roots.AddCert(authority)
	_, err := certificate.Verify(x509.VerifyOptions{Roots: roots, KeyUsages: []x509.ExtKeyUsage{use}, CurrentTime: now})
	if err != nil {
		return "is not signed by the authority of this start: " + err.Error()
	}
	return ""
}
