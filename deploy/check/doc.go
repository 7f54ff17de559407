// Package check checks the deployment files with the libraries that read them: compose files with compose-go, the chart with
// Helm, manifests with the types of Kubernetes, and the proxy with HAProxy itself. It has a module of its own, so that
// masar does not depend on them.
package check
