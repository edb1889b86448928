// What `npm pack` and `npm publish` of a package here come to: Node runs no TypeScript below node_modules.
console.error(
  'This folder has the sources. "npm run pack -- --out FOLDER", in the clone, makes the packages.',
)
process.exit(1)
