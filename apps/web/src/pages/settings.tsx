import { SettingsPage } from '../settings/settings-page.tsx'
import { DeskLayout } from '../frame/desk-layout.tsx'
import type { Page } from '../frame/page.ts'

const page: Page = () => <SettingsPage />
page.layout = DeskLayout
page.title = 'settings.title'
export default page
