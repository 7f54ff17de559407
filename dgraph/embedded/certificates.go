package embedded

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// The files of the certificates, below Dgraph's directory.
const (
	certificateDir = "tls"
	caFile         = "ca.crt"
	serverFile     = "server"
	clientFile     = "client"
)

// certificateUses are the certificates that the authority signs, and what each proves.
var certificateUses = map[string]x509.ExtKeyUsage{serverFile: x509.ExtKeyUsageServerAuth, clientFile: x509.ExtKeyUsageClientAuth}

// makeCertificates makes an authority, a certificate for Dgraph's servers and one for their clients. It writes them to
// the subdirectory "tls" and returns the TLS configuration of a client. The key of the authority is never written, so
// that nobody can issue another certificate. Each start makes new certificates; they do not expire earlier.
func makeCertificates(dir string) (*tls.Config, error) {
	dir = filepath.Join(dir, certificateDir)
	if err := os.RemoveAll(dir); err != nil {
		return nil, err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	authority, err := newAuthority()
	if err != nil {
		return nil, err
	}
	if err := writePEM(filepath.Join(dir, caFile), "CERTIFICATE", authority.certificate.Raw); err != nil {
		return nil, err
	}
	for name, use := range certificateUses {
		certificate, key, err := authority.issue(name, use)
		if err != nil {
			return nil, err
		}
		if err := writePEM(filepath.Join(dir, name+".crt"), "CERTIFICATE", certificate); err != nil {
			return nil, err
		}
		if err := writePEM(filepath.Join(dir, name+".key"), "EC PRIVATE KEY", key); err != nil {
			return nil, err
		}
	}
	return clientTLS(dir)
}

// clientTLS reads the TLS configuration of a client of Dgraph from the directory of the certificates.
func clientTLS(dir string) (*tls.Config, error) {
	authority, err := os.ReadFile(filepath.Join(dir, caFile))
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		return nil, fmt.Errorf("%s has no certificate", filepath.Join(dir, caFile))
	}
	pair, err := tls.LoadX509KeyPair(filepath.Join(dir, clientFile+".crt"), filepath.Join(dir, clientFile+".key"))
	if err != nil {
		return nil, err
	}
	return &tls.Config{RootCAs: pool, Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13}, nil
}

// authority signs certificates.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority() (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template, err := certificateTemplate("authority")
	if err != nil {
		return nil, err
	}
	template.IsCA, template.BasicConstraintsValid, template.MaxPathLenZero = true, true, true
	template.KeyUsage = x509.KeyUsageCertSign
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(raw)
	return &authority{certificate, key}, err
}

// issue makes a certificate and its key for a use on the loopback interface.
func (a *authority) issue(name string, use x509.ExtKeyUsage) (certificate, key []byte, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	template, err := certificateTemplate(name)
	if err != nil {
		return nil, nil, err
	}
	template.KeyUsage, template.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{use}
	template.IPAddresses, template.DNSNames = []net.IP{net.IPv4(127, 0, 0, 1)}, []string{"localhost"}
	if certificate, err = x509.CreateCertificate(rand.Reader, template, a.certificate, private.Public(), a.key); err != nil {
		return nil, nil, err
	}
	key, err = x509.MarshalECPrivateKey(private)
	return certificate, key, err
}

// certificateTemplate has the common fields of all certificates. They are valid at any time, for machines with a wrong
// clock. The authority ends with the process that made it.
func certificateTemplate(name string) (*x509.Certificate, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "masar " + name},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	}, nil
}

func writePEM(path, kind string, content []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600)
}

// tlsFlag makes both processes require a certificate of the authority on each of their ports. Its paths are relative to
// their working directory.
func tlsFlag() string {
	file := func(name string) string { return filepath.Join(certificateDir, name) }
	return fmt.Sprintf("--tls=use-system-ca=false; client-auth-type=REQUIREANDVERIFY; internal-port=true; "+
		"ca-cert=%s; server-cert=%s; server-key=%s; client-cert=%s; client-key=%s;",
		file(caFile), file(serverFile+".crt"), file(serverFile+".key"), file(clientFile+".crt"), file(clientFile+".key"))
}

// address returns the dgraph:// URL of the Dgraph of a directory, with its certificates.
func address(dir, hostport string) string {
	dir = filepath.Join(dir, certificateDir)
	options := url.Values{
		"sslmode": {"verify-ca"}, "sslrootcert": {filepath.Join(dir, caFile)},
		"sslcert": {filepath.Join(dir, clientFile+".crt")}, "sslkey": {filepath.Join(dir, clientFile+".key")},
	}
	return "dgraph://" + hostport + "?" + options.Encode()
}
