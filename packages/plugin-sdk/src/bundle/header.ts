/** The oldest Node that a bundle runs on. */
export const OLDEST_NODE = 20

const requirement = `This plugin needs Node.js ${OLDEST_NODE} or later on the PATH`

/**
 * Compiles the file that it stands in as CommonJS, whatever the file is called and whatever `package.json` lies
 * around, and has it serve. Node alone would take `.0_linux_amd64`, the end of an installed plugin's name, for an
 * unknown extension. What is compiled is kept in the user's own cache for the next start, by a Node that can.
 * It must hold no single quote.
 */
const loader = [
  `if(+process.versions.node.split(".")[0]<${OLDEST_NODE}){console.error("${requirement}, not "+process.version);process.exit(1)}`,
  'const Module=require("module"),{dirname,join,resolve}=require("path"),{env,argv}=process',
  'if(env.INGOT_NODE_OPTIONS)env.NODE_OPTIONS=env.INGOT_NODE_OPTIONS;else delete env.NODE_OPTIONS',
  'delete env.INGOT_NODE_OPTIONS',
  'const file=argv[1]=resolve(argv[1]),main=new Module(file)',
  'const cache=env.XDG_CACHE_HOME||env.HOME&&join(env.HOME,".cache")',
  'if(cache&&Module.enableCompileCache)Module.enableCompileCache(join(cache,"packer-plugin-code"))',
  'main.filename=file',
  'main.paths=Module._nodeModulePaths(dirname(file))',
  'main._compile(require("fs").readFileSync(file,"utf8"),file)',
  'main.exports.start()',
].join(';')

/**
 * What a user's NODE_OPTIONS ask for is meant for other programs: a hook may print, a path may lead nowhere here, and a
 * word that this Node does not know ends it. Only what the plugin starts gets them; a variable of its own takes theirs.
 */
const options = 'export INGOT_NODE_OPTIONS="$NODE_OPTIONS" NODE_OPTIONS="$PACKER_PLUGIN_NODE_OPTIONS"'

/**
 * The first two lines of a bundle: shell, which JavaScript reads as a comment and a string. The shell answers
 * `describe` by itself, since Packer asks four times in a build and Node takes seventy times as long; for all else
 * it becomes Node, so that the signals that Packer sends arrive.
 */
export function header(description: string): string {
  const describe = `case "$1" in describe) printf '%s\\n' '${description}'; exit;; esac`
  const missing = `command -v node >/dev/null || { echo '${requirement}.' >&2; exit 127; }`
  return `#!/bin/sh\n':' //; ${describe}; ${missing}; ${options}; exec node -e '${loader}' "$0" "$@"\n`
}
