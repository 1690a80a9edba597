import '../css/changes.css';
