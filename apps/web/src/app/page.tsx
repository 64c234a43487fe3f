import { DeskBones } from '../frame/desk-frame.tsx'
import { ClientBoundary } from '../sessions/client-boundary.tsx'
import { Doorway } from '../sessions/doorway.tsx'

export default function Page() {
  return (
    <ClientBoundary waiting={<DeskBones />}>
      <Doorway />
    </ClientBoundary>
  )
}
