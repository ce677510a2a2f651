// Starts the NHS.UK components. Every page works without it.
import { initAll } from './nhsuk/nhsuk.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()

// A page that waits for a job looks again by itself.
if (document.querySelector('[data-looks-again]')) setTimeout(() => location.reload(), 2000)
