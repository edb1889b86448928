import { openApi, platform } from '@ingot/registry-api'
import { version } from '../../version.ts'
import { render } from '../answer.ts'
import { type Route, serveOpen } from '../route.ts'

/** What the registry says of itself. */
export const healthRoutes: readonly Route[] = [
  serveOpen(platform.getHealth, async () => ({
    status: 200,
    body: render({ status: 'ok', product: 'ingot', version }),
  })),

  serveOpen(platform.getOpenApi, async () => ({ status: 200, body: render(openApi(version)) })),
]
