import type { Workspace } from './workspace.ts'

/** The directories that the templates' images are packed from. */
export function writeSources(workspace: Workspace): void {
  workspace.write('site/index.html', '<h1>site</h1>\n')
  workspace.write('docs/index.html', '<h1>docs</h1>\n')
}
