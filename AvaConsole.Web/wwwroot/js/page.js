// Loaded by App.razor on every page, static ones included: closes menus, drives the drawer of narrow screens.

const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', event => {
  for (const menu of openMenus()) {
    const chosen = menu.contains(event.target) && event.target.closest('a, button');
    if (!menu.contains(event.target) || chosen) {
      menu.open = false;
    }
  }
  const drawer = document.querySelector('.rail[data-drawer]');
  if (drawer?.matches('[data-drawer="open"]') && event.target.closest('.rail a')) {
    setDrawer(false);
  }
  if (event.target.closest('[data-drawer-toggle]')) {
    setDrawer(drawer?.dataset.drawer !== 'open');
  }
  if (event.target.closest('[data-drawer-close]')) {
    setDrawer(false);
  }
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') {
    return;
  }
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
  if (document.querySelector('.rail[data-drawer="open"]')) {
    setDrawer(false);
    document.querySelector('[data-drawer-toggle]')?.focus();
  }
});

function setDrawer(open) {
  const drawer = document.querySelector('.rail');
  if (!drawer) {
    return;
  }
  drawer.dataset.drawer = open ? 'open' : 'closed';
  document.documentElement.toggleAttribute('data-drawer-open', open);
  document.querySelector('[data-drawer-toggle]')?.setAttribute('aria-expanded', String(open));
  if (open) {
    drawer.querySelector('a')?.focus();
  }
}
