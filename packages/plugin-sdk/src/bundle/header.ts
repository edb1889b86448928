/**
 * Compiles the file that it stands in as CommonJS, whatever the file is called and whatever `package.json` or
 * `NODE_OPTIONS` lies around, and has it serve. Node alone would take `.0_linux_amd64`, the end of an installed
 * plugin's name, for an unknown extension. It must hold no single quote.
 */
const loader = [
  'const Module=require("module"),path=require("path"),file=path.resolve(process.argv[1]),main=new Module(file)',
  'main.filename=process.argv[1]=file',
  'main.paths=Module._nodeModulePaths(path.dirname(file))',
  'main._compile(require("fs").readFileSync(file,"utf8"),file)',
  'main.exports.start()',
].join(';')

/**
 * The first two lines of a bundle: shell, which JavaScript reads as a comment and a string. The shell answers
 * `describe` by itself, since Packer asks four times in a build and Node takes seventy times as long; for all else
 * it becomes Node, so that the signals that Packer sends arrive.
 */
export function header(description: string): string {
  const answer = `case "$1" in describe) printf '%s\\n' '${description}'; exit;; esac`
  return `#!/bin/sh\n':' //; ${answer}; exec node -e '${loader}' "$0" "$@"\n`
}
