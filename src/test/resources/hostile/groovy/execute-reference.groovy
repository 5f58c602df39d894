def m = String::execute
m('touch hostile-marker')
