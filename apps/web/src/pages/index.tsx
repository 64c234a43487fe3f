import { DeskBones } from '../frame/desk-frame.tsx'
import type { Page } from '../frame/page.ts'
import { ClientBoundary } from '../sessions/client-boundary.tsx'
import { Doorway } from '../sessions/doorway.tsx'

const page: Page = () => (
  <ClientBoundary waiting={<DeskBones />}>
    <Doorway />
  </ClientBoundary>
)
export default page
