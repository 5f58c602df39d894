#!/usr/bin/env groovy
new File('hostile-marker').createNewFile()
