// SPDX-License-Identifier: BSD-3-Clause

// Package locale keeps Fyne from taking the locale C.UTF-8, which machines
// without a person in front of them have, for a language that it cannot read:
// it would complain on standard error of every command, before main begins.
// Importing the package is all there is to it (ADR 0008). It knows nothing of
// Fyne.
package locale

import (
	"os"
	"strings"
)

// Packages are initialised in the order of their paths, those first that need
// no other: this one before fyne.io.
func init() { //nolint:gochecknoinits // Fyne reads the environment in its own
	for name, value := range plain(os.Getenv) {
		if value == "" {
			os.Unsetenv(name)
			continue
		}
		os.Setenv(name, value)
	}
}

// plain returns the variables to be set (to be unset, where the value is
// empty) so that messages are in no language, if that is what the environment
// says in a longer form than "C". The encoding of characters stays.
func plain(env func(string) string) map[string]string {
	if all := env("LC_ALL"); all != "" {
		if !isPlain(all) {
			return nil
		}
		return map[string]string{"LC_ALL": "", "LC_CTYPE": all, "LC_MESSAGES": "C", "LANG": all}
	}
	messages := env("LC_MESSAGES")
	if messages == "" {
		messages = env("LANG")
	}
	if !isPlain(messages) {
		return nil
	}
	return map[string]string{"LC_MESSAGES": "C"}
}

// isPlain tells C.UTF-8 and the like from C itself, which Fyne knows.
func isPlain(locale string) bool {
	return strings.HasPrefix(locale, "C.") || strings.HasPrefix(locale, "POSIX.")
}
