package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestImports holds the packages' imports against the table in
// docs/architecture.md: a package imports, of the project and of the modules
// named there, what its row allows, all of it, and nothing else.
func TestImports(t *testing.T) {
	t.Parallel()
	allowed := importTable(t)
	for _, p := range listPackages(t) {
		row, ok := allowed[p.path]
		require.True(t, ok, "docs/architecture.md has no row for %s", p.path)
		for _, imported := range p.imports {
			if !ruled(imported, allowed) {
				continue
			}
			require.True(t, slices.ContainsFunc(row, func(rule string) bool { return covers(rule, imported) }),
				"%s imports %s, which docs/architecture.md does not allow", p.path, imported)
		}
		for _, rule := range row {
			require.True(t, rule == everything || slices.ContainsFunc(p.imports, func(imported string) bool { return covers(rule, imported) }),
				"docs/architecture.md allows %s to import %s, which it does not", p.path, rule)
		}
	}
	for path := range allowed {
		_, err := os.Stat(filepath.Join("..", "..", strings.TrimPrefix(path, "ctiscope/")))
		require.NoError(t, err, "docs/architecture.md has a row for a package that is not there")
	}
}

// everything is what a row says of a package that may import all of the
// project.
const everything = "all"

// ruled tells whether an import is subject to the table: packages of the
// project, and modules that some row names.
func ruled(imported string, allowed map[string][]string) bool {
	if strings.HasPrefix(imported, "ctiscope/") {
		return true
	}
	for _, row := range allowed {
		if slices.ContainsFunc(row, func(rule string) bool { return rule != everything && covers(rule, imported) }) {
			return true
		}
	}
	return false
}

// covers tells whether a rule allows an import: a package of the project by its
// exact path, a module with all its packages.
func covers(rule, imported string) bool {
	if strings.HasPrefix(imported, "ctiscope/") {
		return rule == everything || imported == "ctiscope/"+rule
	}
	return imported == rule || strings.HasPrefix(imported, rule+"/")
}

// importTable reads the rows "| `decode` | ... | `decode/schema` |".
func importTable(t *testing.T) map[string][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "architecture.md"))
	require.NoError(t, err)
	table := make(map[string][]string)
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[1]), "`") {
			continue
		}
		name := strings.Trim(cells[1], " `")
		var row []string
		for i, word := range strings.Split(cells[3], "`") {
			if i%2 == 1 {
				row = append(row, word)
			}
		}
		table["ctiscope/"+name] = row
	}
	require.NotEmpty(t, table)
	return table
}

type goPackage struct {
	path    string
	imports []string
}

// listPackages asks the go command for the project's packages and what they
// import, tests left aside, on all systems together.
func listPackages(t *testing.T) []goPackage {
	t.Helper()
	if testing.Short() {
		t.Skip("runs go list")
	}
	imports := make(map[string]map[string]bool)
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
		cmd.Dir = filepath.Join("..", "..")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
		out, err := cmd.Output()
		require.NoError(t, err)
		for line := range strings.Lines(string(out)) {
			words := strings.Fields(line)
			if imports[words[0]] == nil {
				imports[words[0]] = make(map[string]bool)
			}
			for _, word := range words[1:] {
				imports[words[0]][word] = true
			}
		}
	}
	var list []goPackage
	for path, set := range imports {
		p := goPackage{path: path}
		for imported := range set {
			p.imports = append(p.imports, imported)
		}
		slices.Sort(p.imports)
		list = append(list, p)
	}
	require.NotEmpty(t, list)
	return list
}

// TestLicences checks that docs/licences.md names every module in the binary.
func TestLicences(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", "licences.md"))
	require.NoError(t, err)
	linked := 0
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", ".")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH=amd64")
		out, err := cmd.Output()
		require.NoError(t, err)
		for module := range strings.FieldsSeq(string(out)) {
			if module != "ctiscope" {
				linked++
				require.Contains(t, string(text), "| "+module+" | ")
			}
		}
	}
	require.NotZero(t, linked)
}
