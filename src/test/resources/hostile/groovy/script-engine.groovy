new javax.script.ScriptEngineManager().getEngineByName('groovy')
