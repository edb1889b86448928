// A plugin in Go that does what examples/tarball does in TypeScript, for figures side by side and for tests
// of the plugin wire against Go's own end of it.
package main

import (
	"fmt"
	"os"

	"github.com/hashicorp/packer-plugin-sdk/plugin"
	"github.com/hashicorp/packer-plugin-sdk/version"
)

func main() {
	set := plugin.NewSet()
	set.SetVersion(version.NewPluginVersion("1.0.0", "", ""))
	set.RegisterBuilder("image", new(builder))
	set.RegisterDatasource("listing", new(datasource))
	if err := set.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
