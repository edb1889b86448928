import type { Version } from '@ingot/registry-api'
import type { VersionView } from '../../views.ts'
import { type Rendered, render, renderList } from '../answer.ts'
import type { Renderings } from '../renderings.ts'
import { version } from './encode.ts'

/** The text of a version as it lies in other answers: without the metadata of its builds. Made once for each revision. */
export function renderVersion(renderings: Renderings, view: VersionView): Rendered<Version> {
  return renderings.get(view) ?? renderings.keep(view, render(version(withoutMetadata(view))))
}

/** The text of a version, or of none. */
export function renderMaybe(renderings: Renderings, view: VersionView | null): Rendered<Version | null> {
  return view ? renderVersion(renderings, view) : 'null'
}

export function renderVersions(
  renderings: Renderings,
  views: readonly VersionView[],
): Rendered<readonly Version[]> {
  return renderList(views.map((view) => renderVersion(renderings, view)))
}

function withoutMetadata(view: VersionView): VersionView {
  return { ...view, builds: view.builds.map(({ metadata: _, ...build }) => build) }
}
