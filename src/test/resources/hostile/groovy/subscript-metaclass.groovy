[:]['metaClass']
