"""汇报: what a meeting is shown, one message a page. The stage on screen and the deck (pptx) show the same pages."""
