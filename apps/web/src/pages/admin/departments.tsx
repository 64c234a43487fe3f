import { DepartmentsPage } from '../../departments/departments-page.tsx'
import { DeskLayout } from '../../frame/desk-layout.tsx'
import type { Page } from '../../frame/page.ts'

const page: Page = () => <DepartmentsPage />
page.layout = DeskLayout
page.title = 'admin.departments'
export default page
