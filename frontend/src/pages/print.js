import '../css/print.css';

document.getElementById('print')?.addEventListener('click', () => window.print());
